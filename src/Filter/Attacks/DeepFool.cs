using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// DeepFool (Moosavi-Dezfooli et al. 2016, algorithm 2; section 3.4 for L-infinity): steps to the nearest border of the linearised victim
/// until it errs. As in the authors' code the sum of the steps is stretched by (1 + overshoot) at every iteration. Untargeted.
/// </summary>
public sealed class DeepFool : IAttack
{
    private const double LeastStep = 1e-4;      // of the authors' code: a step from the border itself must still move

    private readonly int steps;
    private readonly float overshoot;
    private readonly int candidates;
    private readonly NearestBorder border;
    private readonly VictimScratch scratch = new();
    private readonly TargetRanking ranking = new();
    private float[] total = [];
    private bool[] fooled = [];

    /// <summary>Creates the attack.</summary>
    /// <param name="epsilon">Radius beyond which a result is given up for the clean picture; infinity for none.</param>
    /// <param name="steps">At most so many; the paper's 50.</param>
    /// <param name="overshoot">The paper's 0.02.</param>
    /// <param name="candidates">Other classes that are looked at, the likeliest first; the authors' 10.</param>
    /// <param name="norm">L2 or L-infinity.</param>
    public DeepFool(float epsilon = float.PositiveInfinity, int steps = 50, float overshoot = 0.02f, int candidates = 10, Norm norm = Norm.L2)
    {
        Distances.Require(norm, epsilon);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(overshoot);
        Epsilon = epsilon;
        Norm = norm;
        this.steps = steps;
        this.overshoot = overshoot;
        this.candidates = candidates;
        border = new NearestBorder(norm);
    }

    /// <inheritdoc/>
    public string Name => $"DeepFool-{steps} {AttackGoal.Describe(Norm, Epsilon)}";

    /// <inheritdoc/>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public Norm Norm { get; }

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        scratch.Begin(victim, clean, labels, adversarial);
        PixelRange.ThrowIfOutside(clean);
        int each = victim.PictureLength, ranks = Math.Min(candidates, victim.Classes - 1);
        if (total.Length < clean.Length)
            total = new float[clean.Length];
        if (fooled.Length < labels.Length)
            fooled = new bool[labels.Length];
        total.AsSpan().Clear();
        clean.CopyTo(adversarial);
        ranking.Rank(victim, scratch, clean);
        for (int step = 0; step < steps && !AllFooled(); step++)
        {
            border.Find(victim, scratch, adversarial, ranking.TargetsOf, 0, ranks);
            for (int n = 0; n < labels.Length; n++)
            {
                if (!fooled[n])
                    Step(n, clean.Slice(n * each, each), adversarial.Slice(n * each, each));
            }

            scratch.Predict(victim, adversarial);
        }

        AllFooled();
        for (int n = 0; n < labels.Length; n++)
        {
            Span<float> own = adversarial.Slice(n * each, each);
            if (!fooled[n] || Distances.Between(Norm, own, clean.Slice(n * each, each)) > Epsilon)
                clean.Slice(n * each, each).CopyTo(own);
        }
    }

    private bool AllFooled()
    {
        bool all = true;
        for (int n = 0; n < scratch.Count; n++)
            all &= fooled[n] = scratch.Predicted(n) != scratch.Labels[n];
        return all;
    }

    private void Step(int picture, ReadOnlySpan<float> clean, Span<float> point)
    {
        ReadOnlySpan<float> normal = border.Normal(picture, clean.Length);
        Span<float> sum = total.AsSpan(picture * clean.Length, clean.Length);
        double length = border.Distances[picture] + LeastStep;
        if (Norm == Norm.L2)
            TensorPrimitives.MultiplyAdd(normal, (float)(length / (TensorPrimitives.Norm(normal) + 1e-12)), sum, sum);
        else
            SignStep.Climb(sum, normal, (float)length);
        TensorPrimitives.MultiplyAdd(sum, 1 + overshoot, clean, point);
        TensorPrimitives.Max(point, 0f, point);
        TensorPrimitives.Min(point, 1f, point);
    }
}
