using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// The L2 attack of Carlini and Wagner (2017, section VI): minimises |x' - x|^2 + c max(margin + kappa, 0) over w with x' = (tanh(w) + 1) / 2
/// by Adam, with a binary search over c for every picture. The smallest successful change counts.
/// </summary>
public sealed class CarliniWagner : IAttack
{
    private const float Most = 1e9f;            // above it no upper bound of c is known
    private const float Squeeze = 0.999999f;    // keeps atanh finite at black and white
    private const float StallShare = 0.9999f;

    private readonly int steps;
    private readonly int searches;
    private readonly float rate;
    private readonly float firstWeight;
    private readonly float confidence;
    private readonly AttackGoal goal;
    private readonly VictimScratch scratch = new();

    /// <summary>Creates the attack.</summary>
    /// <param name="epsilon">Radius beyond which a result is given up for the clean picture; infinity for none.</param>
    /// <param name="steps">Adam steps a search; the authors' code has 10000 and stops early.</param>
    /// <param name="searches">Values of c that are tried; 9.</param>
    /// <param name="rate">Adam's learning rate; 0.01.</param>
    /// <param name="firstWeight">The first c; 0.001.</param>
    /// <param name="confidence">kappa, the margin to be exceeded; 0.</param>
    /// <param name="targeted">Whether the labels are the classes to reach.</param>
    public CarliniWagner(float epsilon = float.PositiveInfinity, int steps = 1000, int searches = 9, float rate = 0.01f, float firstWeight = 1e-3f, float confidence = 0, bool targeted = false)
    {
        Distances.Require(Norm.L2, epsilon);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(searches, 1);
        if (!(rate > 0) || !(firstWeight > 0) || !(confidence >= 0))
            throw new ArgumentException($"The rate {rate} and the first weight {firstWeight} are above 0, the confidence {confidence} at least 0.");
        Epsilon = epsilon;
        this.steps = steps;
        this.searches = searches;
        this.rate = rate;
        this.firstWeight = firstWeight;
        this.confidence = confidence;
        goal = new AttackGoal { Norm = Norm.L2, Loss = LossKind.Margin, Targeted = targeted };
    }

    /// <inheritdoc/>
    public string Name => $"CW-{steps}x{searches} {goal.Describe(Epsilon)}";

    /// <inheritdoc/>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public Norm Norm => Norm.L2;

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        scratch.Begin(victim, clean, labels, adversarial);
        PixelRange.ThrowIfOutside(clean);
        int count = labels.Length, each = victim.PictureLength;
        float[] weight = new float[count], lower = new float[count], upper = new float[count], nearest = new float[count];
        bool[] reached = new bool[count];
        float[] w = new float[clean.Length], point = new float[clean.Length], slope = new float[clean.Length];
        Adam adam = new(clean.Length, rate);
        ILogitLoss loss = new NegatedLoss(goal.LossOf(scratch.Labels));     // to be brought below -kappa
        weight.AsSpan().Fill(firstWeight);
        upper.AsSpan().Fill(Most * 10);
        nearest.AsSpan().Fill(float.PositiveInfinity);
        clean.CopyTo(adversarial);
        for (int search = 0; search < searches; search++)
        {
            adam.Reset();
            for (int i = 0; i < w.Length; i++)
                w[i] = MathF.Atanh(((2 * clean[i]) - 1) * Squeeze);
            Array.Clear(reached);
            double before = double.PositiveInfinity;
            for (int step = 0; step < steps; step++)
            {
                for (int i = 0; i < w.Length; i++)
                    point[i] = (MathF.Tanh(w[i]) + 1) / 2;
                scratch.Ask(victim, point, loss);
                double sum = 0;
                for (int n = 0; n < count; n++)
                {
                    ReadOnlySpan<float> x = point.AsSpan(n * each, each), origin = clean.Slice(n * each, each);
                    float distance = TensorPrimitives.Distance(x, origin), excess = scratch.Loss[n] + confidence;
                    if (excess < 0 || (confidence == 0 && goal.IsReached(scratch.Predicted(n), labels[n])))
                    {
                        reached[n] = true;
                        if (distance < nearest[n])
                        {
                            nearest[n] = distance;
                            x.CopyTo(adversarial[(n * each)..]);
                        }
                    }

                    sum += (distance * distance) + (weight[n] * Math.Max(excess, 0));
                    float pull = excess > 0 ? weight[n] : 0;
                    ReadOnlySpan<float> victimSlope = scratch.Gradient.Slice(n * each, each);
                    Span<float> own = slope.AsSpan(n * each, each);
                    for (int i = 0; i < each; i++)
                    {
                        float dx = 2 * x[i] * (1 - x[i]);       // d((tanh w + 1) / 2)/dw = (1 - tanh^2 w) / 2
                        own[i] = ((2 * (x[i] - origin[i])) + (pull * victimSlope[i])) * dx;
                    }
                }

                // Ten times a search, as the authors' code: no progress, no more steps.
                if (step % Math.Max(1, steps / 10) == 0)
                {
                    if (sum > before * StallShare)
                        break;
                    before = sum;
                }

                adam.Descend(w, slope);
            }

            for (int n = 0; n < count; n++)
                Narrow(reached[n], ref weight[n], ref lower[n], ref upper[n]);
        }

        for (int n = 0; n < count; n++)
        {
            if (nearest[n] > Epsilon)
                clean.Slice(n * each, each).CopyTo(adversarial[(n * each)..]);
        }
    }

    private static void Narrow(bool reached, ref float weight, ref float lower, ref float upper)
    {
        if (reached)
            upper = MathF.Min(upper, weight);
        else
            lower = MathF.Max(lower, weight);
        weight = upper < Most ? (lower + upper) / 2 : weight * 10;
    }
}
