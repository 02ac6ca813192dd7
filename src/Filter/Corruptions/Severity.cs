namespace Realtime.Filter.Corruptions;

/// <summary>The five strengths of a corruption (Hendrycks and Dietterich 2019).</summary>
internal static class Severity
{
    /// <summary>Up to this many pixels a picture takes the strengths of CIFAR-10-C, above it those of ImageNet-C.</summary>
    private const int SmallPixels = 64 * 64;

    /// <summary>The strength for a picture of a size.</summary>
    /// <param name="severity">1..5.</param>
    /// <param name="valueCount">Values of the picture, three a pixel.</param>
    /// <param name="small">[5] for small pictures.</param>
    /// <param name="large">[5] for large ones.</param>
    public static T Of<T>(int severity, int valueCount, ReadOnlySpan<T> small, ReadOnlySpan<T> large) => (valueCount / 3 < SmallPixels ? small : large)[severity - 1];

    /// <summary>Refuses what is not 1..5.</summary>
    public static int Require(int severity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(severity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(severity, 5);
        return severity;
    }
}
