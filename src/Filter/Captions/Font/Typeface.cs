namespace Realtime.Filter.Captions.Font;

/// <summary>The font at one size and weight. A glyph is made from its distance field when it is first asked for, and kept.</summary>
internal sealed class Typeface
{
    /// <summary>Largest size, pixels an em.</summary>
    public const int Largest = 160;

    private const int Finer = 4;

    private static readonly Typeface?[] Cache = new Typeface?[2 * (Largest + 1)];

    private readonly Glyph?[] glyphs = new Glyph?[FontAtlas.Letters.Length];
    private readonly bool bold;
    private readonly int size;
    private readonly float stretch;
    private readonly float halo;
    private readonly int margin;
    private readonly int baseline;

    private Typeface(int size, bool bold)
    {
        this.size = size;
        this.bold = bold;
        // Small letters end on whole pixels, and all glyphs advance by whole pixels: crisp where text is small.
        float xHeight = FontAtlas.XHeight * size;
        stretch = MathF.Round(xHeight) / xHeight;
        halo = Math.Clamp(size * 0.085f, 1, FontAtlas.Spread * (float)size / FontAtlas.Em);
        margin = (int)MathF.Ceiling(halo) + 1;
        baseline = (int)MathF.Round(FontAtlas.Ascent * size);
        Advance = (int)MathF.Round(FontAtlas.Advance * size);
        Height = baseline + (int)MathF.Round(FontAtlas.Descent * size);
    }

    /// <summary>Pixels from one glyph to the next.</summary>
    public int Advance { get; }

    /// <summary>Pixels of a line.</summary>
    public int Height { get; }

    /// <summary>The face for a size, 4..<see cref="Largest"/> pixels an em.</summary>
    public static Typeface Of(int size, bool bold)
    {
        size = Math.Clamp(size, 4, Largest);
        ref Typeface? face = ref Cache[(size * 2) + (bold ? 1 : 0)];
        return face ??= new Typeface(size, bold);
    }

    /// <summary>A character's pixels.</summary>
    public Glyph Of(char letter)
    {
        int index = FontAtlas.Glyph(letter);
        return glyphs[index] ??= Make(index);
    }

    private Glyph Make(int index)
    {
        int width = Advance + (2 * margin), height = Height + (2 * margin);
        byte[] ink = new byte[width * height], around = new byte[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                (ink[(y * width) + x], around[(y * width) + x]) = Pixel(index, x - margin, y - margin);
        return new Glyph(-margin, -margin, width, height, ink, around);
    }

    private (byte Ink, byte Halo) Pixel(int index, int x, int y)
    {
        float toAtlas = FontAtlas.Em / (float)size, ink = 0, around = 0;
        float centred = (Advance - (FontAtlas.Advance * size)) / 2;
        for (int i = 0; i < Finer * Finer; i++)
        {
            float column = x + ((i % Finer + 0.5f) / Finer) - centred, row = y + ((i / Finer + 0.5f) / Finer) - baseline;
            float inside = FontAtlas.Distance(bold, index, FontAtlas.Spread + (column * toAtlas), FontAtlas.Baseline + (row / stretch * toAtlas)) / toAtlas;
            ink += Math.Clamp((inside * Finer) + 0.5f, 0, 1);
            // Full close to the ink, gone at the halo's end.
            around += Math.Clamp((inside + halo) / halo * 1.6f, 0, 1);
        }
        // Stems thinner than a pixel would look grey: ink is lifted a little where the text is small.
        float lift = size < 16 ? 1.12f : 1;
        bool outside = x < 0 || x >= Advance || y < 0 || y >= Height;
        return (outside ? (byte)0 : Byte(ink * lift), Byte(around));
    }

    private static byte Byte(float sum) => (byte)Math.Min(255, sum / (Finer * Finer) * 255 + 0.5f);
}
