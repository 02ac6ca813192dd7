using System.IO.Compression;
using System.Reflection;

namespace Realtime.Filter.Captions.Font;

/// <summary>
/// The signed-distance fields of DejaVu Sans Mono, regular and bold: one cell a glyph, 8 bits a sample, inside above
/// <see cref="Edge"/>. Made by the tests' FontAtlasMaker, read once.
/// </summary>
internal static class FontAtlas
{
    /// <summary>Characters that have a glyph; others show as '?'.</summary>
    public const string Letters = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~ε×±°→·…←↑↓✓✗⚠●≤≥–Δ↔";

    /// <summary>Atlas pixels an em.</summary>
    public const int Em = 40;

    /// <summary>Distance in atlas pixels that the samples reach inside and outside; also the margin of a cell.</summary>
    public const int Spread = 5;

    /// <summary>Rows of a cell above the baseline, margin included.</summary>
    public const int Baseline = 38 + Spread;

    /// <summary>Samples a row of a cell.</summary>
    public const int CellWidth = 25 + (2 * Spread);

    /// <summary>Rows of a cell.</summary>
    public const int CellHeight = Baseline + 10 + Spread;

    /// <summary>The sample on the outline.</summary>
    public const int Edge = 128;

    /// <summary>Ems from one glyph to the next.</summary>
    public const float Advance = 1233f / 2048;

    /// <summary>Ems of the ascent, the descent and a small letter, as the font has them.</summary>
    public const float Ascent = 1901f / 2048;

    public const float Descent = 483f / 2048;

    public const float XHeight = 1120f / 2048;

    private static readonly byte[] Samples = Read();
    private static readonly byte[] Indices = Index();

    /// <summary>The number of a character's glyph, that of '?' where it has none.</summary>
    public static int Glyph(char letter) => letter < Indices.Length ? Indices[letter] : Indices['?'];

    /// <summary>The distance to a glyph's outline in atlas pixels, positive inside.</summary>
    /// <param name="bold">The bold face.</param>
    /// <param name="glyph">From <see cref="Glyph"/>.</param>
    /// <param name="x">Atlas pixels from the cell's left edge.</param>
    /// <param name="y">Atlas pixels from the cell's upper edge.</param>
    public static float Distance(bool bold, int glyph, float x, float y)
    {
        x = Math.Clamp(x - 0.5f, 0, CellWidth - 1.001f);
        y = Math.Clamp(y - 0.5f, 0, CellHeight - 1.001f);
        int column = (int)x, row = (int)y;
        float right = x - column, lower = y - row;
        int cell = ((bold ? Letters.Length : 0) + glyph) * CellWidth * CellHeight;
        ReadOnlySpan<byte> four = Samples.AsSpan(cell + (row * CellWidth) + column);
        float above = four[0] + ((four[1] - four[0]) * right);
        float below = four[CellWidth] + ((four[CellWidth + 1] - four[CellWidth]) * right);
        return (above + ((below - above) * lower) - Edge) * Spread / 127;
    }

    private static byte[] Read()
    {
        using Stream packed = Assembly.GetExecutingAssembly().GetManifestResourceStream("Realtime.Filter.Captions.Font.DejaVuSansMono.sdf.gz")
            ?? throw new InvalidOperationException("the font is not in the assembly");
        using GZipStream stream = new(packed, CompressionMode.Decompress);
        byte[] samples = new byte[2 * Letters.Length * CellWidth * CellHeight];
        stream.ReadExactly(samples);
        return samples;
    }

    private static byte[] Index()
    {
        byte[] indices = new byte[Letters.Max() + 1];
        Array.Fill(indices, (byte)Letters.IndexOf('?', StringComparison.Ordinal));
        for (int i = 0; i < Letters.Length; i++)
            indices[Letters[i]] = (byte)i;
        return indices;
    }
}
