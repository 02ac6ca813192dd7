using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Spatially transformed adversarial examples (Xiao et al. 2018): moves pixels instead of changing their values. Minimises
/// max(margin, 0) + tau * roughness of the flow, by Adam where the paper has L-BFGS, with every shift bounded; of the successes the one with
/// the smoothest flow counts. No norm bounds the change of values.
/// </summary>
public sealed class StAdv : IAttack
{
    private readonly int steps;
    private readonly float bound;
    private readonly float rate;
    private readonly float tau;
    private readonly AttackGoal goal;
    private readonly VictimScratch scratch = new();

    /// <summary>Creates the attack.</summary>
    /// <param name="steps">Adam steps; 100.</param>
    /// <param name="bound">The largest shift along an axis in units of half a picture, as purifier papers count it; 0.05 is 0.8 pixels of 32.</param>
    /// <param name="rate">Adam's learning rate in the same units; 0.01.</param>
    /// <param name="tau">Weight of the roughness, measured in pixels; the paper's 0.05.</param>
    /// <param name="targeted">Whether the labels are the classes to reach.</param>
    public StAdv(int steps = 100, float bound = 0.05f, float rate = 0.01f, float tau = 0.05f, bool targeted = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (!(bound > 0) || !(rate > 0) || !(tau >= 0))
            throw new ArgumentException($"The bound {bound} and the rate {rate} are above 0, tau {tau} at least 0.");
        this.steps = steps;
        this.bound = bound;
        this.rate = rate;
        this.tau = tau;
        goal = new AttackGoal { Norm = Norm.None, Loss = LossKind.Margin, Targeted = targeted };
    }

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"StAdv-{steps} flow {bound:0.###}{(goal.Targeted ? " targeted" : "")}");

    /// <inheritdoc/>
    public float Epsilon => float.PositiveInfinity;

    /// <inheritdoc/>
    public Norm Norm => Norm.None;

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        scratch.Begin(victim, clean, labels, adversarial);
        PixelRange.ThrowIfOutside(clean);
        int count = labels.Length, each = victim.PictureLength, width = victim.Width, height = victim.Height, field = 2 * width * height;
        float pixels = Math.Max(width, height) / 2f;
        float[] flow = new float[count * field], slope = new float[flow.Length], warped = new float[clean.Length];
        double[] smoothest = new double[count];
        float[] highest = new float[count];
        Adam adam = new(flow.Length, rate * pixels);
        ILogitLoss loss = new NegatedLoss(goal.LossOf(scratch.Labels));     // to be brought below 0
        smoothest.AsSpan().Fill(double.PositiveInfinity);
        highest.AsSpan().Fill(float.NegativeInfinity);
        for (int step = 0; step <= steps; step++)
        {
            for (int n = 0; n < count; n++)
                FlowField.Warp(clean.Slice(n * each, each), flow.AsSpan(n * field, field), width, height, warped.AsSpan(n * each, each));
            TensorPrimitives.Min(warped, 1f, warped);
            scratch.Ask(victim, warped, loss);
            for (int n = 0; n < count; n++)
            {
                Span<float> ownFlow = flow.AsSpan(n * field, field), ownSlope = slope.AsSpan(n * field, field);
                ReadOnlySpan<float> picture = clean.Slice(n * each, each);
                if (scratch.Loss[n] > 0)
                    FlowField.Pull(picture, ownFlow, width, height, scratch.Gradient.Slice(n * each, each), ownSlope);
                else
                    ownSlope.Clear();
                double rough = FlowField.Roughness(ownFlow, width, height, ownSlope, tau);
                bool reached = goal.IsReached(scratch.Predicted(n), labels[n]);
                bool better = reached ? rough < smoothest[n] : double.IsPositiveInfinity(smoothest[n]) && -scratch.Loss[n] > highest[n];
                if (!better)
                    continue;
                smoothest[n] = reached ? rough : smoothest[n];
                highest[n] = -scratch.Loss[n];
                warped.AsSpan(n * each, each).CopyTo(adversarial[(n * each)..]);
            }

            adam.Descend(flow, slope);
            TensorPrimitives.Max(flow, -bound * pixels, flow);
            TensorPrimitives.Min(flow, bound * pixels, flow);
        }
    }
}
