namespace Realtime.Viewer.Overlay;

/// <summary>What the pieces of the head-up display draw with: the canvas, the sizes and a line to format in.</summary>
internal sealed class HudPen
{
    /// <summary>Where to draw in this frame.</summary>
    public OverlayCanvas Canvas { get; private set; } = null!;

    public HudScale Scale { get; private set; }

    public TextLine Line { get; } = new();

    /// <summary>Starts a frame.</summary>
    public void Begin(OverlayCanvas canvas)
    {
        Canvas = canvas;
        Scale = new HudScale(canvas.Width, canvas.Height);
    }

    /// <summary>A card's ground, with a rim of light at its upper edge.</summary>
    public void Card(Box box)
    {
        Canvas.Fill(box, Palette.Card, Scale.Radius);
        Canvas.Fill(new Box(box.X + Scale.Radius, box.Y, box.Width - (2 * Scale.Radius), 1), Palette.Rim);
    }

    /// <summary>A card's heading: a mark in the accent, a name, and what is to be said of it.</summary>
    public void Heading(Box box, Tint accent, ReadOnlySpan<char> name, ReadOnlySpan<char> detail)
    {
        int height = OverlayCanvas.TextHeight(Scale.Body), mark = Scale.Of(4);
        Canvas.Fill(new Box(box.X, box.Y + Scale.Of(1), mark, height - Scale.Of(2)), accent, mark / 2);
        int x = box.X + mark + Scale.Of(7);
        x = Canvas.TextWithin(x, box.Y, box.Right - x, Scale.Body, Palette.White, name, TextLook.Bold) + Scale.Of(9);
        int lower = height - OverlayCanvas.TextHeight(Scale.Small);
        Canvas.TextWithin(x, box.Y + (lower * 3 / 4), box.Right - x, Scale.Small, Palette.Dim, detail);
    }

    /// <summary>A small filled sign with a text; returns where it ends.</summary>
    public int Badge(int x, int y, ReadOnlySpan<char> text, Tint ground, Tint ink)
    {
        Box box = new(x, y, BadgeWidth(text), Scale.Badge);
        Canvas.Fill(box, ground, Scale.Of(6));
        Canvas.Text(x + Scale.Of(8), y + Scale.Of(3), Scale.Small, ink, text, TextLook.Bold);
        return box.Right;
    }

    public int BadgeWidth(ReadOnlySpan<char> text) => OverlayCanvas.TextWidth(Scale.Small, text) + (2 * Scale.Of(8));
}
