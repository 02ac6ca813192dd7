using Realtime.Filter.Captions;
using Realtime.Filter.Captions.Font;

namespace Realtime.Filter.Plots;

/// <summary>Draws a chart into pixels, with smooth edges.</summary>
internal sealed class RasterPen : IPen
{
    private readonly double scale;
    private readonly byte[] pixels;

    /// <summary>Begins a black picture.</summary>
    /// <param name="width">Nominal width.</param>
    /// <param name="height">Nominal height.</param>
    /// <param name="scale">Pixels for one of the nominal size.</param>
    public RasterPen(int width, int height, int scale)
    {
        this.scale = scale;
        (Width, Height) = (width * scale, height * scale);
        pixels = new byte[Width * Height * 3];
    }

    /// <summary>Pixels a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[Height, Width, 3] 0..255.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <inheritdoc/>
    public void Fill(double left, double top, double width, double height, Ink ink, double opacity = 1)
    {
        (left, top) = (left * scale, top * scale);
        double right = left + (width * scale), bottom = top + (height * scale);
        Paint(left, top, right, bottom, ink, (x, y) => Overlap(x, left, right) * Overlap(y, top, bottom) * opacity);
    }

    /// <inheritdoc/>
    public void Line(ReadOnlySpan<(double X, double Y)> points, double thickness, Ink ink)
    {
        double half = thickness * scale / 2;
        for (int i = 1; i < points.Length; i++)
        {
            (double x1, double y1, double x2, double y2) = (points[i - 1].X * scale, points[i - 1].Y * scale, points[i].X * scale, points[i].Y * scale);
            double dx = x2 - x1, dy = y2 - y1, square = Math.Max((dx * dx) + (dy * dy), 1e-9);
            Paint(Math.Min(x1, x2) - half - 1, Math.Min(y1, y2) - half - 1, Math.Max(x1, x2) + half + 1, Math.Max(y1, y2) + half + 1, ink, (x, y) =>
            {
                double along = Math.Clamp((((x + 0.5 - x1) * dx) + ((y + 0.5 - y1) * dy)) / square, 0, 1);
                return Inside(half - double.Hypot(x + 0.5 - x1 - (along * dx), y + 0.5 - y1 - (along * dy)));
            });
        }
    }

    /// <inheritdoc/>
    public void Disc(double x, double y, double radius, Ink ink)
    {
        (x, y, radius) = (x * scale, y * scale, radius * scale);
        Paint(x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1, ink, (column, row) => Inside(radius - double.Hypot(column + 0.5 - x, row + 0.5 - y)));
    }

    /// <inheritdoc/>
    public void Text(double x, double baseline, string text, double size, Ink ink, TextAnchor anchor = TextAnchor.Start, bool bold = false)
    {
        int pixelsPerEm = (int)Math.Round(size * scale);
        Typeface face = Typeface.Of(pixelsPerEm, bold);
        int length = text.Length * face.Advance, before = anchor switch { TextAnchor.Middle => length / 2, TextAnchor.End => length, _ => 0 };
        int left = (int)Math.Round(x * scale) - before, top = (int)Math.Round((baseline * scale) - (FontAtlas.Ascent * pixelsPerEm));
        for (int i = 0; i < text.Length; i++)
        {
            Glyph glyph = face.Of(text[i]);
            int glyphLeft = left + (i * face.Advance) + glyph.Left, glyphTop = top + glyph.Top;
            Paint(glyphLeft, glyphTop, glyphLeft + glyph.Width, glyphTop + glyph.Height, ink, (column, row) => glyph.Ink[((row - glyphTop) * glyph.Width) + column - glyphLeft] / 255.0);
        }
    }

    /// <summary>How much of the pixel from <paramref name="at"/> to the next lies between two places.</summary>
    private static double Overlap(int at, double first, double last) => Math.Clamp(Math.Min(at + 1, last) - Math.Max(at, first), 0, 1);

    /// <summary>Cover of a pixel whose centre lies this far inside an edge.</summary>
    private static double Inside(double distance) => Math.Clamp(distance + 0.5, 0, 1);

    private void Paint(double left, double top, double right, double bottom, Ink ink, Func<int, int, double> cover)
    {
        int lastX = (int)Math.Min(Width, Math.Ceiling(right)), lastY = (int)Math.Min(Height, Math.Ceiling(bottom));
        for (int y = (int)Math.Max(0, Math.Floor(top)); y < lastY; y++)
        {
            for (int x = (int)Math.Max(0, Math.Floor(left)); x < lastX; x++)
            {
                double covered = cover(x, y);
                if (covered <= 0)
                    continue;
                int at = ((y * Width) + x) * 3;
                pixels[at] = Mix(pixels[at], ink.R, covered);
                pixels[at + 1] = Mix(pixels[at + 1], ink.G, covered);
                pixels[at + 2] = Mix(pixels[at + 2], ink.B, covered);
            }
        }
    }

    private static byte Mix(byte ground, byte ink, double cover) => (byte)Math.Round(ground + ((ink - ground) * cover));
}
