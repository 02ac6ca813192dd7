using System.Numerics;
using System.Runtime.InteropServices;

namespace Realtime.Filter.Tiles;

/// <summary>Compares runs of 8-bit values.</summary>
public static class PixelDifference
{
    /// <summary>Whether no value of <paramref name="first"/> differs by more than <paramref name="tolerance"/> levels from its counterpart.</summary>
    /// <param name="first">[n] 0..255.</param>
    /// <param name="second">[n].</param>
    /// <param name="tolerance">0 to 255; 0 asks for equality.</param>
    public static bool IsWithin(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int tolerance)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, first.Length);
        if (tolerance == 0)
            return first.SequenceEqual(second);

        Vector<byte> allowed = new((byte)tolerance);
        ref byte a = ref MemoryMarshal.GetReference(first);
        ref byte b = ref MemoryMarshal.GetReference(second);
        int at = 0;
        for (; at <= first.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            Vector<byte> x = Vector.LoadUnsafe(ref a, (nuint)at), y = Vector.LoadUnsafe(ref b, (nuint)at);
            if (!Vector.LessThanOrEqualAll(Vector.Max(x, y) - Vector.Min(x, y), allowed))
                return false;
        }

        for (; at < first.Length; at++)
        {
            if (Math.Abs(first[at] - second[at]) > tolerance)
                return false;
        }

        return true;
    }
}
