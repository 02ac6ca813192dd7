using System.Globalization;
using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>The range of pixel values.</summary>
internal static class PixelRange
{
    /// <summary>Throws <see cref="ArgumentException"/> at the first value that is not a number in [0, 1].</summary>
    public static void ThrowIfOutside(ReadOnlySpan<float> clean)
    {
        // Min and Max carry a NaN through, and a comparison with NaN is false.
        if (clean.IsEmpty || (TensorPrimitives.Min(clean) >= 0 && TensorPrimitives.Max(clean) <= 1))
            return;
        for (int i = 0; i < clean.Length; i++)
        {
            if (!(clean[i] is >= 0 and <= 1))
                throw new ArgumentException($"Pixel values lie in [0, 1]; value {i} is {clean[i].ToString(CultureInfo.InvariantCulture)}.", nameof(clean));
        }
    }
}
