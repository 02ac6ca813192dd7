using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Compares a victim's gradient with finite differences of its loss: along random directions, the central difference
/// (loss(x + h d) - loss(x - h d)) / 2h against gradient . d. A victim that fails it is not attacked, only walked upon at random.
/// </summary>
public static class GradientCheck
{
    /// <summary>The largest error found, relative to the length of the gradient.</summary>
    /// <param name="victim">The victim; if it is stochastic, its draws must be the same at every call.</param>
    /// <param name="pictures">[count, 3, H, W] in [0, 1].</param>
    /// <param name="loss">The loss of the batch.</param>
    /// <param name="count">Number of pictures.</param>
    /// <param name="random">Of the directions, which are normally distributed and of length 1.</param>
    /// <param name="directions">How many are tried.</param>
    /// <param name="step">h; the victim computes in float32, so smaller is not better.</param>
    public static double LargestError(IGradient victim, ReadOnlySpan<float> pictures, ILogitLoss loss, int count, Random random, int directions = 8, float step = 1e-2f)
    {
        ArgumentNullException.ThrowIfNull(victim);
        ArgumentNullException.ThrowIfNull(random);
        int each = victim.PictureLength;
        ArgumentOutOfRangeException.ThrowIfNotEqual(pictures.Length, count * each);
        float[] logits = new float[count * victim.Classes], up = new float[count], down = new float[count];
        float[] gradient = new float[pictures.Length], ignored = new float[pictures.Length];
        float[] direction = new float[pictures.Length], moved = new float[pictures.Length];
        victim.Evaluate(pictures, loss, logits, up, gradient);
        double worst = 0;
        for (int i = 0; i < directions; i++)
        {
            Gaussian.Fill(direction, random);
            for (int n = 0; n < count; n++)
            {
                Span<float> own = direction.AsSpan(n * each, each);
                TensorPrimitives.Divide(own, TensorPrimitives.Norm<float>(own), own);
            }

            TensorPrimitives.MultiplyAdd(direction, step, pictures, moved);
            victim.Evaluate(moved, loss, logits, up, ignored);
            TensorPrimitives.MultiplyAdd(direction, -step, pictures, moved);
            victim.Evaluate(moved, loss, logits, down, ignored);
            for (int n = 0; n < count; n++)
            {
                ReadOnlySpan<float> own = gradient.AsSpan(n * each, each);
                double expected = (up[n] - (double)down[n]) / (2 * step), found = TensorPrimitives.Dot(own, direction.AsSpan(n * each, each));

                // A random direction sees a gradient of length g as about g / sqrt(length).
                double scale = TensorPrimitives.Norm(own) / Math.Sqrt(each);
                worst = Math.Max(worst, Math.Abs(expected - found) / Math.Max(scale, 1e-6));
            }
        }

        return worst;
    }
}
