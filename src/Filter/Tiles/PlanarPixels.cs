using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Realtime.Filter.Tiles;

/// <summary>Converts between packed 8-bit RGB and planes of floats in [0, 1], 16 pixels at a time.</summary>
public static class PlanarPixels
{
    private const int Block = 16;
    private const byte X = 255;   // an index out of range: Vector128.Shuffle gives 0 there

    /// <summary>Splits packed pixels into planes: byte / 255.</summary>
    /// <param name="rgb">[n, 3] 0..255.</param>
    /// <param name="red">[n] or longer.</param>
    /// <param name="green">[n] or longer.</param>
    /// <param name="blue">[n] or longer.</param>
    public static void Split(ReadOnlySpan<byte> rgb, Span<float> red, Span<float> green, Span<float> blue)
    {
        int pixels = rgb.Length / 3;
        int at = 0;
        for (; at <= pixels - Block; at += Block)
        {
            Vector128<byte> a = Vector128.Create(rgb.Slice(at * 3, 16));
            Vector128<byte> b = Vector128.Create(rgb.Slice((at * 3) + 16, 16));
            Vector128<byte> c = Vector128.Create(rgb.Slice((at * 3) + 32, 16));
            Store(
                Vector128.Shuffle(a, Vector128.Create((byte)0, 3, 6, 9, 12, 15, X, X, X, X, X, X, X, X, X, X))
                | Vector128.Shuffle(b, Vector128.Create((byte)X, X, X, X, X, X, 2, 5, 8, 11, 14, X, X, X, X, X))
                | Vector128.Shuffle(c, Vector128.Create((byte)X, X, X, X, X, X, X, X, X, X, X, 1, 4, 7, 10, 13)),
                red[at..]);
            Store(
                Vector128.Shuffle(a, Vector128.Create((byte)1, 4, 7, 10, 13, X, X, X, X, X, X, X, X, X, X, X))
                | Vector128.Shuffle(b, Vector128.Create((byte)X, X, X, X, X, 0, 3, 6, 9, 12, 15, X, X, X, X, X))
                | Vector128.Shuffle(c, Vector128.Create((byte)X, X, X, X, X, X, X, X, X, X, X, 2, 5, 8, 11, 14)),
                green[at..]);
            Store(
                Vector128.Shuffle(a, Vector128.Create((byte)2, 5, 8, 11, 14, X, X, X, X, X, X, X, X, X, X, X))
                | Vector128.Shuffle(b, Vector128.Create((byte)X, X, X, X, X, 1, 4, 7, 10, 13, X, X, X, X, X, X))
                | Vector128.Shuffle(c, Vector128.Create((byte)X, X, X, X, X, X, X, X, X, X, 0, 3, 6, 9, 12, 15)),
                blue[at..]);
        }

        for (; at < pixels; at++)
        {
            red[at] = rgb[at * 3] / 255f;
            green[at] = rgb[(at * 3) + 1] / 255f;
            blue[at] = rgb[(at * 3) + 2] / 255f;
        }
    }

    /// <summary>Packs planes into pixels: rounded to the nearest of 0..255, clamped; not a number becomes 0.</summary>
    /// <param name="red">[n] or longer.</param>
    /// <param name="green">[n] or longer.</param>
    /// <param name="blue">[n] or longer.</param>
    /// <param name="rgb">[n, 3].</param>
    public static void Pack(ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue, Span<byte> rgb)
    {
        int pixels = rgb.Length / 3;
        int at = 0;
        for (; at <= pixels - Block; at += Block)
        {
            Vector128<byte> r = Load(red[at..]);
            Vector128<byte> g = Load(green[at..]);
            Vector128<byte> b = Load(blue[at..]);
            Span<byte> target = rgb.Slice(at * 3, 48);
            (Vector128.Shuffle(r, Vector128.Create((byte)0, X, X, 1, X, X, 2, X, X, 3, X, X, 4, X, X, 5))
                | Vector128.Shuffle(g, Vector128.Create((byte)X, 0, X, X, 1, X, X, 2, X, X, 3, X, X, 4, X, X))
                | Vector128.Shuffle(b, Vector128.Create((byte)X, X, 0, X, X, 1, X, X, 2, X, X, 3, X, X, 4, X))).CopyTo(target);
            (Vector128.Shuffle(r, Vector128.Create((byte)X, X, 6, X, X, 7, X, X, 8, X, X, 9, X, X, 10, X))
                | Vector128.Shuffle(g, Vector128.Create((byte)5, X, X, 6, X, X, 7, X, X, 8, X, X, 9, X, X, 10))
                | Vector128.Shuffle(b, Vector128.Create((byte)X, 5, X, X, 6, X, X, 7, X, X, 8, X, X, 9, X, X))).CopyTo(target[16..]);
            (Vector128.Shuffle(r, Vector128.Create((byte)X, 11, X, X, 12, X, X, 13, X, X, 14, X, X, 15, X, X))
                | Vector128.Shuffle(g, Vector128.Create((byte)X, X, 11, X, X, 12, X, X, 13, X, X, 14, X, X, 15, X))
                | Vector128.Shuffle(b, Vector128.Create((byte)10, X, X, 11, X, X, 12, X, X, 13, X, X, 14, X, X, 15))).CopyTo(target[32..]);
        }

        for (; at < pixels; at++)
        {
            rgb[at * 3] = ToByte(red[at]);
            rgb[(at * 3) + 1] = ToByte(green[at]);
            rgb[(at * 3) + 2] = ToByte(blue[at]);
        }
    }

    private static byte ToByte(float value) => (byte)Math.Clamp((int)((value * 255f) + 0.5f), 0, 255);

    private static void Store(Vector128<byte> bytes, Span<float> target)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
        (Vector128<uint> p0, Vector128<uint> p1) = Vector128.Widen(low);
        (Vector128<uint> p2, Vector128<uint> p3) = Vector128.Widen(high);
        ref float first = ref MemoryMarshal.GetReference(target[..Block]);
        (Vector128.ConvertToSingle(p0.AsInt32()) / 255f).StoreUnsafe(ref first, 0);
        (Vector128.ConvertToSingle(p1.AsInt32()) / 255f).StoreUnsafe(ref first, 4);
        (Vector128.ConvertToSingle(p2.AsInt32()) / 255f).StoreUnsafe(ref first, 8);
        (Vector128.ConvertToSingle(p3.AsInt32()) / 255f).StoreUnsafe(ref first, 12);
    }

    private static Vector128<byte> Load(ReadOnlySpan<float> plane)
    {
        ref float first = ref MemoryMarshal.GetReference(plane[..Block]);
        Vector128<int> p0 = Scale(Vector128.LoadUnsafe(ref first, 0));
        Vector128<int> p1 = Scale(Vector128.LoadUnsafe(ref first, 4));
        Vector128<int> p2 = Scale(Vector128.LoadUnsafe(ref first, 8));
        Vector128<int> p3 = Scale(Vector128.LoadUnsafe(ref first, 12));
        return Vector128.NarrowWithSaturation(
            Vector128.NarrowWithSaturation(p0, p1).AsUInt16(),
            Vector128.NarrowWithSaturation(p2, p3).AsUInt16());
    }

    // Clamped here, so that the narrowing above sees 0..255 only.
    private static Vector128<int> Scale(Vector128<float> value) =>
        Vector128.Min(Vector128.Max(Vector128.ConvertToInt32((value * 255f) + Vector128.Create(0.5f)), Vector128<int>.Zero), Vector128.Create(255));
}
