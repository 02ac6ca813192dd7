using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Realtime.Filter.Metrics;

/// <summary>Peak signal-to-noise ratio in decibels over all values of a picture; infinite where the pictures are equal.</summary>
public static class Psnr
{
    // Summed in float32 per chunk and in double over chunks: a whole frame in float32 would lose digits.
    private const int Chunk = 4096;

    /// <summary>Compares two 8-bit pictures (peak 255).</summary>
    /// <param name="first">Any layout, not empty.</param>
    /// <param name="second">The same layout.</param>
    public static double Between(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ThrowIfNotComparable(first.Length, second.Length);
        return FromSquaredError((double)SquaredError(first, second) / first.Length, peak: 255);
    }

    /// <summary>Compares two pictures in [0, 1] (peak 1).</summary>
    /// <param name="first">Any layout, not empty.</param>
    /// <param name="second">The same layout.</param>
    public static double Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        ThrowIfNotComparable(first.Length, second.Length);
        double sum = 0;
        for (int at = 0; at < first.Length; at += Chunk)
        {
            int length = Math.Min(Chunk, first.Length - at);
            double distance = TensorPrimitives.Distance(first.Slice(at, length), second.Slice(at, length));
            sum += distance * distance;
        }

        return FromSquaredError(sum / first.Length, peak: 1);
    }

    /// <summary>PSNR of a mean squared error, so that errors can be averaged over frames before the logarithm.</summary>
    /// <param name="meanSquaredError">At least 0.</param>
    /// <param name="peak">The largest value a pixel can have, 255 or 1.</param>
    public static double FromSquaredError(double meanSquaredError, double peak) => 10 * Math.Log10(peak * peak / meanSquaredError);

    /// <summary>Sum of the squared differences of two 8-bit pictures.</summary>
    public static long SquaredError(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);
        ReadOnlySpan<Vector<byte>> wideFirst = MemoryMarshal.Cast<byte, Vector<byte>>(first);
        ReadOnlySpan<Vector<byte>> wideSecond = MemoryMarshal.Cast<byte, Vector<byte>>(second);
        Vector<ulong> total = Vector<ulong>.Zero;
        for (int i = 0; i < wideFirst.Length; i++)
        {
            Vector<byte> difference = Vector.Max(wideFirst[i], wideSecond[i]) - Vector.Min(wideFirst[i], wideSecond[i]);
            Vector.Widen(difference, out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low * low, out Vector<uint> a, out Vector<uint> b);
            Vector.Widen(high * high, out Vector<uint> c, out Vector<uint> d);
            Vector.Widen(a + b + c + d, out Vector<ulong> left, out Vector<ulong> right);
            total += left + right;
        }

        long sum = (long)Vector.Sum(total);
        for (int i = wideFirst.Length * Vector<byte>.Count; i < first.Length; i++)
        {
            int difference = first[i] - second[i];
            sum += difference * difference;
        }

        return sum;
    }

    private static void ThrowIfNotComparable(int first, int second)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second, first);
    }
}
