namespace Realtime.Filter.Attacks;

/// <summary>Fast gradient sign method (Goodfellow et al. 2015): one step of length epsilon along the sign of the gradient at the clean picture.</summary>
public sealed class Fgsm : IAttack
{
    private readonly LinfBall ball;
    private readonly VictimScratch scratch = new();

    /// <summary>Creates the attack.</summary>
    /// <param name="epsilon">Radius of the ball, 0..1.</param>
    public Fgsm(float epsilon)
    {
        ball = new LinfBall(epsilon);
        Epsilon = epsilon;
    }

    /// <inheritdoc/>
    public string Name => $"FGSM {Attacks.Epsilon.Format(Epsilon)}";

    /// <inheritdoc/>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        scratch.Begin(victim, clean, labels, adversarial);
        ball.MoveTo(clean);
        scratch.Ask(victim, clean, labels);
        clean.CopyTo(adversarial);
        SignStep.Climb(adversarial, scratch.Gradient, Epsilon);
        ball.Project(adversarial);
    }
}
