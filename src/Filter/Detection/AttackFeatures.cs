using System.Numerics.Tensors;

namespace Realtime.Filter.Detection;

/// <summary>
/// What a purifier gives away about an attack for free: how far the classifier's answers before and after purification lie apart, and how much
/// the purifier changed what the classifier saw. The comparison of two answers is feature squeezing's (Xu et al. 2018), the reconstruction error
/// MagNet's (Meng and Chen 2017).
/// </summary>
public static class AttackFeatures
{
    /// <summary>Place of the only feature that is a decision: 1 where purification changed the label, else 0.</summary>
    public const int Flip = 2;

    private const double HalfALevel = 0.5;      // what rounding leaves of a level: keeps the logarithm of a flat picture finite

    /// <summary>
    /// The features in order:
    /// half the sum of |p - q| over the classes (p before, q after; 0..1);
    /// the Jensen-Shannon divergence of p and q in bits (0..1);
    /// whether the label changed (0 or 1);
    /// asinh of how much of its lead (logit minus the best other one) the label of the raw picture loses;
    /// ln(1 + the mean change of a value, in 8-bit levels);
    /// ln of that change over the purified picture's own fine detail (mean of a quarter of |Laplacian|, in levels), half a level added to both.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = ["total variation", "divergence", "flip", "lost lead", "change", "change over detail"];

    /// <summary>Number of features F.</summary>
    public static int Count => Names.Count;

    /// <summary>Measures one picture, without allocating.</summary>
    /// <param name="rawLogits">[K] for the picture as it came; finite, at least two.</param>
    /// <param name="purifiedLogits">[K] for the purified one.</param>
    /// <param name="raw">[3, H, W] what the classifier saw, in [0, 1].</param>
    /// <param name="purified">[3, H, W] what it saw after purification.</param>
    /// <param name="width">W, pixels.</param>
    /// <param name="features">[F] receives the features in the order of <see cref="Names"/>.</param>
    public static void Measure(
        ReadOnlySpan<float> rawLogits, ReadOnlySpan<float> purifiedLogits, ReadOnlySpan<float> raw, ReadOnlySpan<float> purified, int width, Span<double> features)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(purifiedLogits.Length, rawLogits.Length, nameof(purifiedLogits));
        ArgumentOutOfRangeException.ThrowIfNotEqual(purified.Length, raw.Length, nameof(purified));
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Length, Count, nameof(features));
        (features[0], features[1]) = Apart(rawLogits, purifiedLogits);
        int before = TensorPrimitives.IndexOfMax(rawLogits);
        features[Flip] = IsFlipped(rawLogits, purifiedLogits) ? 1 : 0;
        features[3] = Math.Asinh(Lead(rawLogits, before) - Lead(purifiedLogits, before));
        double change = Change(raw, purified);
        features[4] = Math.Log(1 + change);
        features[5] = Math.Log((change + HalfALevel) / (Detail(purified, width) + HalfALevel));
    }

    /// <summary>Whether two answers name different labels: the one feature that needs no pixels.</summary>
    /// <param name="rawLogits">[K] for the picture as it came.</param>
    /// <param name="purifiedLogits">[K] for the purified one.</param>
    public static bool IsFlipped(ReadOnlySpan<float> rawLogits, ReadOnlySpan<float> purifiedLogits) =>
        TensorPrimitives.IndexOfMax(rawLogits) != TensorPrimitives.IndexOfMax(purifiedLogits);

    /// <summary>Total variation and Jensen-Shannon divergence of two softmax answers.</summary>
    private static (double Variation, double Divergence) Apart(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double sumOne = LogSum(one), sumOther = LogSum(other), variation = 0, divergence = 0;
        for (int k = 0; k < one.Length; k++)
        {
            double p = Math.Exp(one[k] - sumOne), q = Math.Exp(other[k] - sumOther), middle = (p + q) / 2;
            variation += Math.Abs(p - q) / 2;
            divergence += (Term(p, middle) + Term(q, middle)) / 2;
        }

        return (variation, Math.Max(0, divergence));

        static double Term(double p, double middle) => p > 0 ? p * Math.Log2(p / middle) : 0;
    }

    private static double LogSum(ReadOnlySpan<float> logits)
    {
        double most = TensorPrimitives.Max(logits), sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp(logit - most);
        return most + Math.Log(sum);
    }

    private static double Lead(ReadOnlySpan<float> logits, int label)
    {
        float rival = float.NegativeInfinity;
        for (int k = 0; k < logits.Length; k++)
            rival = k == label ? rival : Math.Max(rival, logits[k]);
        return logits[label] - (double)rival;
    }

    /// <summary>Mean of |purified - raw|, in levels.</summary>
    private static double Change(ReadOnlySpan<float> raw, ReadOnlySpan<float> purified)
    {
        double sum = 0;
        for (int i = 0; i < raw.Length; i++)
            sum += Math.Abs(purified[i] - raw[i]);
        return 255 * sum / raw.Length;
    }

    /// <summary>Mean of a quarter of |4 x - its neighbours| inside the planes, in levels; 0 for pictures without an inside.</summary>
    private static double Detail(ReadOnlySpan<float> picture, int width)
    {
        int height = picture.Length / (3 * width);
        double sum = 0;
        for (int row = 0; row < 3 * height; row++)
        {
            if (row % height == 0 || row % height == height - 1)
                continue;
            ReadOnlySpan<float> above = picture.Slice((row - 1) * width, width), here = picture.Slice(row * width, width), below = picture.Slice((row + 1) * width, width);
            for (int x = 1; x < width - 1; x++)
                sum += Math.Abs((4 * here[x]) - here[x - 1] - here[x + 1] - above[x] - below[x]);
        }

        return 255.0 / 4 * sum / Math.Max(1, 3L * (width - 2) * (height - 2));
    }
}
