namespace Realtime.Filter.Solids;

/// <summary>
/// The built-in synthetic picture set `solids`: ten classes of lit, textured solids before a textured wall. Endless: every pair of
/// seed and index is another picture, with the same bytes on every machine. All members may be used from several threads.
/// </summary>
public static class SolidsPictures
{
    /// <summary>The edge length in pixels that the shipped classifier works at.</summary>
    public const int Size = 160;

    /// <summary>The ten class names in label order.</summary>
    public static IReadOnlyList<string> Labels { get; } = [.. Enum.GetNames<Solid>().Select(name => name.ToLowerInvariant())];

    /// <summary>Draws picture <paramref name="index"/> of the sequence <paramref name="seed"/>.</summary>
    /// <param name="seed">Names the sequence; use different seeds for training and test.</param>
    /// <param name="index">Which picture, from 0.</param>
    /// <param name="width">Pixels a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="rgb">[height, width, 3] receives the picture, 0..255; its length must be exactly that.</param>
    /// <returns>The label, 0..9, uniform over the sequence.</returns>
    public static int Render(ulong seed, long index, int width, int height, Span<byte> rgb)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, width * height * 3, nameof(rgb));

        SplitMix64 random = SplitMix64.At(seed, index);
        int label = random.Below(Labels.Count);
        float time = random.Unit();
        SolidView view = new SolidShot((Solid)label, random).At(time);
        SolidRenderer.Render(view, width, height, rgb);
        return label;
    }
}
