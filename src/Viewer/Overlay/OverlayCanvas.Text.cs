using Realtime.Filter.Captions.Font;

namespace Realtime.Viewer.Overlay;

/// <summary>Text.</summary>
internal sealed partial class OverlayCanvas
{
    private static readonly Tint HaloTint = new(6, 8, 12, 215);

    /// <summary>Pixels from the beginning of a text to its end.</summary>
    public static int TextWidth(int size, ReadOnlySpan<char> text) => text.Length * Typeface.Of(size, false).Advance;

    /// <summary>Pixels of a line of text.</summary>
    public static int TextHeight(int size) => Typeface.Of(size, false).Height;

    /// <summary>How many characters fit into <paramref name="width"/> pixels.</summary>
    public static int TextFit(int size, int width) => Math.Max(0, width) / Typeface.Of(size, false).Advance;

    /// <summary>Writes one line of text.</summary>
    /// <param name="x">Where it begins.</param>
    /// <param name="y">Upper edge of the line.</param>
    /// <param name="size">Pixels an em.</param>
    /// <param name="tint">Colour.</param>
    /// <param name="text">Characters of the font; others show as '?'.</param>
    /// <param name="look">Bold, and with a dark halo for bright grounds.</param>
    /// <returns>Where it ends.</returns>
    public int Text(int x, int y, int size, Tint tint, ReadOnlySpan<char> text, TextLook look = TextLook.Plain)
    {
        Typeface face = Typeface.Of(size, (look & TextLook.Bold) != 0);
        if ((look & TextLook.Halo) != 0)
            for (int i = 0; i < text.Length; i++)
                Stamp(x + (i * face.Advance), y, face.Of(text[i]), HaloTint.Fade(tint.A / 255f), halo: true);
        for (int i = 0; i < text.Length; i++)
            Stamp(x + (i * face.Advance), y, face.Of(text[i]), tint, halo: false);
        return x + (text.Length * face.Advance);
    }

    /// <summary>Writes text that ends in "…" where it is wider than <paramref name="width"/>.</summary>
    public int TextWithin(int x, int y, int width, int size, Tint tint, ReadOnlySpan<char> text, TextLook look = TextLook.Plain)
    {
        int fits = TextFit(size, width);
        if (text.Length <= fits)
            return Text(x, y, size, tint, text, look);
        if (fits < 2)
            return x;
        x = Text(x, y, size, tint, text[..(fits - 1)].TrimEnd(), look);
        return Text(x, y, size, tint, "…", look);
    }

    private void Stamp(int x, int y, Glyph glyph, Tint tint, bool halo)
    {
        byte[] coverage = halo ? glyph.Halo : glyph.Ink;
        x += glyph.Left;
        y += glyph.Top;
        int left = Math.Max(0, -x), right = Math.Min(glyph.Width, Width - x), first = int.MaxValue, last = -1;
        for (int row = Math.Max(0, -y); row < Math.Min(glyph.Height, Height - y); row++)
            for (int column = left; column < right; column++)
            {
                int covered = coverage[(row * glyph.Width) + column];
                if (covered == 0)
                    continue;
                Dot(x + column, y + row, tint.Covering(covered));
                first = Math.Min(first, row);
                last = row;
            }
        if (last >= 0)
            Touch(y + first, y + last + 1);
    }
}
