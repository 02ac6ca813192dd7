using Realtime.Viewer.Live;

namespace Realtime.Viewer.Overlay;

/// <summary>The window's foot: the frame's number and time, the note, where to find help, and how far the source has come.</summary>
internal static class FootLine
{
    private const string Hint = "H help";
    private const int Inset = 7;

    /// <summary>Draws it in the window's last rows.</summary>
    public static void Draw(HudPen pen, ShownFrame frame, ViewState state, long now)
    {
        HudScale scale = pen.Scale;
        OverlayCanvas canvas = pen.Canvas;
        int height = OverlayCanvas.TextHeight(scale.Small), y = canvas.Height - scale.Strip + scale.Of(4);
        ProgressLine.Draw(pen, frame, state);
        pen.Line.New();
        if (frame.Id < 0)
            pen.Line.Add("waiting for the first frame");
        else
            pen.Line.Add("frame ").Add(frame.Id).Add(" · ").AddClock(double.IsNaN(state.Wanted) ? frame.Time : state.Wanted);
        if (state.Duration > 0 && frame.Id >= 0)
            pen.Line.Add(" / ").AddClock(state.Duration);
        int left = Pill(pen, scale.Margin, y, pen.Line.Text, Palette.White, canvas.Width - (2 * scale.Margin)) + scale.Gap;
        int right = canvas.Width - scale.Margin - Width(scale, Hint.Length);
        if (right > left)
            Pill(pen, right, y, Hint, Palette.Dim, Width(scale, Hint.Length));
        right -= scale.Gap;

        if (state.Note.Length == 0 || now >= state.NoteUntil)
            return;
        int room = right - left, width = Math.Min(Width(scale, state.Note.Length), room);
        if (room >= Width(scale, 4))
            Pill(pen, Math.Clamp((canvas.Width - width) / 2, left, right - width), y, state.Note, Palette.White, width);
    }

    private static int Pill(HudPen pen, int x, int y, ReadOnlySpan<char> text, Tint tint, int most)
    {
        HudScale scale = pen.Scale;
        int width = Math.Min(Width(scale, text.Length), most), height = OverlayCanvas.TextHeight(scale.Small), above = scale.Of(2);
        if (width < Width(scale, 2))
            return x;
        pen.Canvas.Fill(new Box(x, y - above, width, height + (2 * above)), Palette.Card, scale.Of(6));
        pen.Canvas.TextWithin(x + scale.Of(Inset), y, width - (2 * scale.Of(Inset)), scale.Small, tint, text);
        return x + width;
    }

    private static int Width(HudScale scale, int letters) => (letters * OverlayCanvas.TextWidth(scale.Small, "0")) + (2 * scale.Of(Inset));
}
