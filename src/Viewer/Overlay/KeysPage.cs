namespace Realtime.Viewer.Overlay;

/// <summary>The keys: a few in the overlay's third page, all in the help.</summary>
internal static class KeysPage
{
    private const int KeyLetters = 7;
    private const int WhatLetters = 17;

    /// <summary>Pixels it takes.</summary>
    public static (int Width, int Height) Measure(HudScale scale, int keys, int columns)
    {
        int rows = (keys + columns - 1) / columns;
        return ((columns * Column(scale)) + ((columns - 1) * scale.Pad) + (2 * scale.Pad),
            (2 * scale.Pad) + OverlayCanvas.TextHeight(scale.Body) + (2 * scale.Gap) + (rows * Step(scale)));
    }

    /// <summary>Draws the first keys.</summary>
    public static void Draw(HudPen pen, Box box, int keys, int columns, ReadOnlySpan<char> name, ReadOnlySpan<char> detail)
    {
        HudScale scale = pen.Scale;
        pen.Card(box);
        Box inner = box.Inset(scale.Pad);
        pen.Heading(inner, Palette.White, name, detail);
        int top = inner.Y + OverlayCanvas.TextHeight(scale.Body) + (2 * scale.Gap), rows = (keys + columns - 1) / columns;
        for (int i = 0; i < keys; i++)
            Row(pen, inner.X + (i / rows * (Column(scale) + scale.Pad)), top + (i % rows * Step(scale)), KeyHelp.All[i]);
    }

    private static void Row(HudPen pen, int x, int y, KeyHelp help)
    {
        HudScale scale = pen.Scale;
        int text = OverlayCanvas.TextHeight(scale.Small), letter = OverlayCanvas.TextWidth(scale.Small, "0"), pad = scale.Of(5);
        Box cap = new(x, y + scale.Of(2), OverlayCanvas.TextWidth(scale.Small, help.Key) + (2 * pad), text + (2 * scale.Of(1)));
        pen.Canvas.Fill(cap, Palette.White.Fade(0.16f), scale.Of(4));
        pen.Canvas.Text(x + pad, cap.Y + scale.Of(1), scale.Small, Palette.White, help.Key, TextLook.Bold);
        pen.Canvas.Text(x + (KeyLetters * letter) + pad, cap.Y + scale.Of(1), scale.Small, Palette.Dim, help.What);
    }

    private static int Column(HudScale scale) => ((KeyLetters + WhatLetters) * OverlayCanvas.TextWidth(scale.Small, "0")) + scale.Of(5);

    private static int Step(HudScale scale) => OverlayCanvas.TextHeight(scale.Small) + (2 * scale.Of(1)) + scale.Of(4);
}
