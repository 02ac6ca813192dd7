namespace Realtime.Viewer.Overlay;

/// <summary>All sizes of the head-up display, from one factor: 1 at a window of 720 rows.</summary>
internal readonly record struct HudScale
{
    private const int Readable = 10;    // pixels an em; nothing smaller is drawn

    private readonly float factor;

    /// <summary>The sizes for a window. Small windows shrink less than they are smaller, large ones grow less.</summary>
    public HudScale(int width, int height) => factor = Math.Clamp(0.4f + (0.6f * Math.Min(height / 720f, width / 800f)), 0.6f, 3);

    /// <summary>Pixels an em of names and figures.</summary>
    public int Body => Math.Max(Readable, Of(15));

    /// <summary>Pixels an em of what is less important.</summary>
    public int Small => Math.Max(Readable, Of(13));

    /// <summary>From the window's edge to a card, and between cards.</summary>
    public int Margin => Of(12);

    /// <summary>From a card's edge to its content.</summary>
    public int Pad => Of(10);

    /// <summary>Between rows.</summary>
    public int Gap => Of(4);

    public int Radius => Of(9);

    /// <summary>A row of text with some air.</summary>
    public int Row => OverlayCanvas.TextHeight(Body) + Of(5);

    /// <summary>The lines at the window's foot: text, and below it how far the source has come.</summary>
    public int Strip => OverlayCanvas.TextHeight(Small) + Of(20);

    public int Badge => OverlayCanvas.TextHeight(Small) + (2 * Of(3));

    /// <summary>Pixels, at least 1.</summary>
    public int Of(float at720) => Math.Max(1, (int)MathF.Round(at720 * factor));
}
