using System.Globalization;

namespace Realtime.Filter.Captions;

/// <summary>
/// Puts pictures of one frame next to each other, each under its title and above the verdict on it. Width and height come out even, as
/// 4:2:0 video wants them.
/// </summary>
public sealed class SideBySide
{
    private const int Gap = 8;
    private const int BarHeight = 30;
    private const int MeterHeight = 4;
    private const int TextInset = 6;
    private const int FooterScale = 1;

    private readonly int width;
    private readonly int height;
    private readonly int panes;
    private readonly int zoom;

    /// <summary>Plans the layout.</summary>
    /// <param name="width">Pixels a row of each picture.</param>
    /// <param name="height">Rows of each picture.</param>
    /// <param name="panes">How many pictures, at least 1.</param>
    /// <param name="zoom">Pixels of the frame a pixel of a picture, at least 1.</param>
    public SideBySide(int width, int height, int panes, int zoom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(panes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(zoom, 1);
        this.width = width;
        this.height = height;
        this.panes = panes;
        this.zoom = zoom;
        Width = Even(Gap + (panes * ((width * zoom) + Gap)));
        Height = Even((4 * Gap) + (2 * BarHeight) + (height * zoom) + MeterHeight + Canvas.TextHeight(FooterScale));
    }

    /// <summary>Pixels a row of the composed frame, even.</summary>
    public int Width { get; }

    /// <summary>Rows of the composed frame, even.</summary>
    public int Height { get; }

    /// <summary>Composes one frame.</summary>
    /// <param name="pictures">As many as planned, from left to right.</param>
    /// <param name="footer">One line under them; what does not fit is cut off.</param>
    /// <param name="frame">[Height, Width, 3] receives the frame.</param>
    public void Compose(ReadOnlySpan<Pane> pictures, string footer, Span<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pictures.Length, panes, nameof(pictures));
        Canvas canvas = new(frame, Width, Height);
        canvas.Fill(0, 0, Width, Height, Ink.Night);
        for (int i = 0; i < panes; i++)
            Draw(canvas, pictures[i], Gap + (i * ((width * zoom) + Gap)));
        canvas.Text(Gap, Height - Gap - Canvas.TextHeight(FooterScale), footer, Ink.Gray, FooterScale);
    }

    private void Draw(Canvas canvas, in Pane pane, int left)
    {
        int paneWidth = width * zoom, top = Gap;
        int textTop = (BarHeight - Canvas.TextHeight()) / 2 + 2;
        canvas.Fill(left, top, paneWidth, BarHeight, Ink.Slate);
        canvas.Text(left + TextInset, top + textTop, pane.Title, Ink.White);
        top += BarHeight;
        canvas.Picture(left, top, pane.Pixels.Span, width, height, zoom);
        top += height * zoom;

        Ink verdict = pane.IsRight switch { true => Ink.Green, false => Ink.Vermilion, null => Ink.White };
        string percent = pane.Confidence.ToString("P0", CultureInfo.InvariantCulture);
        string note = pane.IsRight == false ? "wrong" : "";
        canvas.Fill(left, top, paneWidth, BarHeight + MeterHeight, Ink.Slate);
        canvas.Fill(left, top, (int)(Math.Clamp(pane.Confidence, 0f, 1f) * paneWidth), MeterHeight, verdict);
        canvas.Text(left + TextInset, top + MeterHeight + textTop, $"{pane.Label} {percent}", verdict);
        canvas.Text(left + paneWidth - TextInset - Canvas.TextWidth(note), top + MeterHeight + textTop, note, verdict);
    }

    private static int Even(int pixels) => (pixels + 1) / 2 * 2;
}
