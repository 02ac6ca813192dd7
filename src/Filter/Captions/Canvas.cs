namespace Realtime.Filter.Captions;

/// <summary>Draws into an RGB picture that somebody else owns. What lies outside the picture is cut off.</summary>
public readonly ref struct Canvas
{
    private readonly Span<byte> rgb;

    /// <summary>Wraps a picture.</summary>
    /// <param name="rgb">[height, width, 3], 0..255.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    public Canvas(Span<byte> rgb, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rgb.Length, width * height * 3, nameof(rgb));
        this.rgb = rgb;
        Width = width;
        Height = height;
    }

    /// <summary>Pixels a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Width in pixels of <paramref name="text"/> at <paramref name="scale"/>.</summary>
    public static int TextWidth(string text, int scale = 2)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length * PixelFont.Advance * scale;
    }

    /// <summary>Height in pixels of a line of text at <paramref name="scale"/>.</summary>
    public static int TextHeight(int scale = 2) => PixelFont.Height * scale;

    /// <summary>Fills a rectangle.</summary>
    public void Fill(int left, int top, int width, int height, Ink ink)
    {
        int right = Math.Min(left + width, Width), bottom = Math.Min(top + height, Height);
        for (int y = Math.Max(top, 0); y < bottom; y++)
            for (int x = Math.Max(left, 0); x < right; x++)
                Set(x, y, ink);
    }

    /// <summary>Writes one line of text; <paramref name="left"/> and <paramref name="top"/> are its upper left corner.</summary>
    /// <param name="left">Column.</param>
    /// <param name="top">Row.</param>
    /// <param name="text">Printable ASCII; other characters show as '?'.</param>
    /// <param name="ink">Colour.</param>
    /// <param name="scale">Pixels a dot of the font, at least 1.</param>
    public void Text(int left, int top, string text, Ink ink, int scale = 2)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        foreach (char letter in text)
        {
            for (int y = 0; y < PixelFont.Height; y++)
                for (int x = 0; x < PixelFont.Advance; x++)
                    if (PixelFont.HasInk(letter, x, y))
                        Fill(left + (x * scale), top + (y * scale), scale, scale, ink);
            left += PixelFont.Advance * scale;
        }
    }

    /// <summary>Copies a picture, each of its pixels as a square of <paramref name="zoom"/> pixels: what is seen is what the network saw.</summary>
    /// <param name="left">Column of its upper left corner.</param>
    /// <param name="top">Row of its upper left corner.</param>
    /// <param name="picture">[height, width, 3], 0..255; must fit.</param>
    /// <param name="width">Its pixels a row.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="zoom">At least 1.</param>
    public void Picture(int left, int top, ReadOnlySpan<byte> picture, int width, int height, int zoom)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(picture.Length, width * height * 3, nameof(picture));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(left + (width * zoom), Width, nameof(left));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top + (height * zoom), Height, nameof(top));
        int bytes = width * zoom * 3;
        for (int y = 0; y < height; y++)
        {
            int first = (((top + (y * zoom)) * Width) + left) * 3;
            Span<byte> row = rgb.Slice(first, bytes);
            for (int x = 0, at = 0; x < width; x++)
                for (int copy = 0; copy < zoom; copy++, at += 3)
                    picture.Slice(((y * width) + x) * 3, 3).CopyTo(row[at..]);
            for (int copy = 1; copy < zoom; copy++)
                row.CopyTo(rgb.Slice(first + (copy * Width * 3), bytes));
        }
    }

    private void Set(int x, int y, Ink ink)
    {
        int at = ((y * Width) + x) * 3;
        rgb[at] = ink.R;
        rgb[at + 1] = ink.G;
        rgb[at + 2] = ink.B;
    }
}
