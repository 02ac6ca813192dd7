using System.Reflection;

namespace Realtime.Filter.Captions;

/// <summary>The built-in bitmap font: printable ASCII, 5x9 pixels a glyph, read once from the drawing `font5x9.txt`.</summary>
internal static class PixelFont
{
    /// <summary>Pixels from one glyph to the next, at scale 1.</summary>
    public const int Advance = 6;

    /// <summary>Pixels of a line of text, at scale 1.</summary>
    public const int Height = 9;

    private const int GlyphWidth = 5;
    private const char First = ' ';
    private const char Last = '~';
    private const int GlyphsPerBand = 16;

    private static readonly bool[] Dots = Read();

    /// <summary>True where glyph <paramref name="letter"/> has ink; characters outside printable ASCII show as '?'.</summary>
    public static bool HasInk(char letter, int x, int y)
    {
        int glyph = (letter is >= First and <= Last ? letter : '?') - First;
        return x < GlyphWidth && Dots[(((glyph * Height) + y) * GlyphWidth) + x];
    }

    private static bool[] Read()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Realtime.Filter.Captions.font5x9.txt")
            ?? throw new InvalidOperationException("the font is not in the assembly");
        using StreamReader reader = new(stream);
        string[] lines = reader.ReadToEnd().Split('\n');

        bool[] dots = new bool[(Last - First + 1) * Height * GlyphWidth];
        for (int at = 0; at < dots.Length; at++)
        {
            int x = at % GlyphWidth, y = at / GlyphWidth % Height, glyph = at / (GlyphWidth * Height);
            // One line of explanation, then bands of nine rows and an empty line.
            string row = lines[1 + (glyph / GlyphsPerBand * (Height + 1)) + y];
            dots[at] = row[(glyph % GlyphsPerBand * Advance) + x] == '#';
        }
        return dots;
    }
}
