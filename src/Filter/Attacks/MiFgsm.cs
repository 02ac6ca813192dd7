using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Momentum iterative FGSM (Dong et al. 2018): sign steps along g = mu * g + gradient / mean |gradient|, from the clean picture. The mean is
/// each picture's own, so that a picture's attack does not depend on its batch mates.
/// </summary>
public sealed class MiFgsm : IAttack
{
    private readonly float stepSize;
    private readonly int steps;
    private readonly float mu;
    private readonly AttackGoal goal;
    private readonly IBall ball;
    private readonly VictimScratch scratch = new();
    private float[] momentum = [];
    private float[] normalised = [];
    private float[] sizes = [];

    /// <summary>Creates the attack.</summary>
    /// <param name="epsilon">Radius of the ball, 0..1.</param>
    /// <param name="steps">Number of steps, at least 1.</param>
    /// <param name="stepSize">Length of a step in units of the pixel range, above 0; the paper's epsilon / steps when not given.</param>
    /// <param name="mu">Share of the old direction that is kept, at least 0; the paper's 1 by default, 0 for no momentum.</param>
    /// <param name="goal">Norm, loss and target; <see cref="AttackGoal.Default"/> when not given.</param>
    public MiFgsm(float epsilon, int steps = 10, float? stepSize = null, float mu = 1, AttackGoal? goal = null)
    {
        this.goal = goal ?? AttackGoal.Default;
        ball = this.goal.Ball(epsilon);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (stepSize is not null && !(stepSize > 0))
            throw new ArgumentOutOfRangeException(nameof(stepSize), stepSize, "A step has a length above 0.");
        if (!(mu >= 0))
            throw new ArgumentOutOfRangeException(nameof(mu), mu, "The momentum is at least 0.");

        this.steps = steps;
        this.stepSize = stepSize ?? epsilon / steps;
        this.mu = mu;
    }

    /// <inheritdoc/>
    public string Name => $"MI-FGSM-{steps} {goal.Describe(Epsilon)}";

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
        sizes.AsSpan().Fill(stepSize);
        if (momentum.Length < clean.Length)
        {
            momentum = new float[clean.Length];
            normalised = new float[clean.Length];
        }

        Span<float> direction = momentum.AsSpan(0, clean.Length);
        direction.Clear();
        ILogitLoss loss = goal.LossOf(scratch.Labels);
        clean.CopyTo(adversarial);
        for (int step = 0; step < steps; step++)
        {
            scratch.Ask(victim, adversarial, loss);
            Accumulate(direction, scratch.Gradient, labels.Length);
            ball.Climb(adversarial, direction, sizes.AsSpan(0, labels.Length));
            ball.Project(adversarial);
        }
    }

    private void Accumulate(Span<float> direction, ReadOnlySpan<float> gradient, int count)
    {
        TensorPrimitives.Multiply(direction, mu, direction);
        int length = gradient.Length / Math.Max(1, count);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> own = gradient.Slice(i * length, length);
            float mean = TensorPrimitives.SumOfMagnitudes(own) / length;

            // A picture whose gradient vanished keeps the direction it had.
            if (mean == 0)
                continue;
            Span<float> scaled = normalised.AsSpan(0, length);
            TensorPrimitives.Divide(own, mean, scaled);
            Span<float> target = direction.Slice(i * length, length);
            TensorPrimitives.Add(target, scaled, target);
        }
    }
}
