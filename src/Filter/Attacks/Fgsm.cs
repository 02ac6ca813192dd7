namespace Realtime.Filter.Attacks;

/// <summary>
/// Fast gradient sign method (Goodfellow et al. 2015): one step of length epsilon along the sign of the gradient at the clean picture; in L2
/// along the normalised gradient.
/// </summary>
public sealed class Fgsm : IAttack
{
    private readonly AttackGoal goal;
    private readonly IBall ball;
    private readonly VictimScratch scratch = new();
    private float[] sizes = [];

    /// <summary>Creates the attack.</summary>
    /// <param name="epsilon">Radius of the ball, 0..1.</param>
    /// <param name="goal">Norm, loss and target; <see cref="AttackGoal.Default"/> when not given.</param>
    public Fgsm(float epsilon, AttackGoal? goal = null)
    {
        this.goal = goal ?? AttackGoal.Default;
        ball = this.goal.Ball(epsilon);
    }

    /// <inheritdoc/>
    public string Name => $"FGSM {goal.Describe(Epsilon)}";

    /// <inheritdoc/>
    public float Epsilon => ball.Epsilon;

    /// <inheritdoc/>
    public Norm Norm => ball.Norm;

    /// <inheritdoc/>
    public int LeastClasses => goal.LeastClasses;

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        scratch.Begin(victim, clean, labels, adversarial);
        ball.MoveTo(clean, labels.Length);
        if (sizes.Length < labels.Length)
            sizes = new float[labels.Length];
        sizes.AsSpan().Fill(Epsilon);
        scratch.Ask(victim, clean, goal.LossOf(scratch.Labels));
        clean.CopyTo(adversarial);
        ball.Climb(adversarial, scratch.Gradient, sizes.AsSpan(0, labels.Length));
        ball.Project(adversarial);
    }
}
