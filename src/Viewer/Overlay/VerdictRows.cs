using Realtime.Viewer.Live;

namespace Realtime.Viewer.Overlay;

/// <summary>The most likely labels, each before a bar as long as it is likely.</summary>
internal static class VerdictRows
{
    /// <summary>Draws as many rows as the box has room for, from its top.</summary>
    /// <param name="pen">Draws.</param>
    /// <param name="box">Where.</param>
    /// <param name="verdict">Whose labels.</param>
    /// <param name="truth">The true class, or -1: then no row is green or red.</param>
    /// <param name="accent">Of the pane: the first row's bar where the truth is not known.</param>
    /// <param name="rows">At most this many.</param>
    public static void Draw(HudPen pen, Box box, Verdict verdict, int truth, Tint accent, int rows)
    {
        HudScale scale = pen.Scale;
        for (int i = 0; i < Math.Min(rows, Verdict.Top); i++)
        {
            Box row = new(box.X, box.Y + (i * (scale.Row + scale.Gap)), box.Width, scale.Row);
            if (verdict.Best >= 0 && verdict.Labels[i].Length > 0)
                Row(pen, row, verdict, i, truth, accent);
            else
                pen.Canvas.Fill(row, Palette.Track, scale.Of(4));
        }
    }

    private static void Row(HudPen pen, Box row, Verdict verdict, int index, int truth, Tint accent)
    {
        HudScale scale = pen.Scale;
        bool isJudged = index == 0 && truth >= 0, isRight = verdict.Best == truth;
        Tint tint = isJudged ? isRight ? Palette.Right : Palette.Wrong : index == 0 ? accent : Palette.Dim;
        int letter = OverlayCanvas.TextWidth(scale.Body, "0"), y = row.Y + ((row.Height - OverlayCanvas.TextHeight(scale.Body)) / 2);
        TextLook look = index == 0 ? TextLook.Bold : TextLook.Plain;
        Tint ink = index == 0 ? Palette.White : Palette.Dim;
        float confidence = Math.Clamp(verdict.Confidences[index], 0, 1);
        if (row.Width >= 13 * letter)
        {
            pen.Line.New().Add(confidence is > 0 and < 0.005f ? "<" : "").Add(confidence is > 0 and < 0.005f ? 1 : (long)MathF.Round(confidence * 100)).Add("%");
            pen.Canvas.Text(row.Right - OverlayCanvas.TextWidth(scale.Body, pen.Line.Text), y, scale.Body, ink, pen.Line.Text, look);
            row = row with { Width = row.Width - (4 * letter) - scale.Of(6) };
        }
        pen.Canvas.Fill(row, Palette.Track, scale.Of(4));
        int bar = (int)MathF.Round(row.Width * confidence), inset = scale.Of(7);
        if (bar > 0)
            pen.Canvas.Fill(row with { Width = bar }, tint.Fade(index == 0 ? 0.46f : 0.2f), scale.Of(4));
        if (index == 0 && bar > scale.Of(4))
            pen.Canvas.Fill(new Box(row.X, row.Bottom - scale.Of(2), bar, scale.Of(2)), tint, scale.Of(1));

        int x = row.X + inset, right = row.Right - inset;
        if (isJudged)
            x = pen.Canvas.Text(x, y, scale.Body, ink, isRight ? "✓" : "✗", TextLook.Bold) + scale.Of(5);
        pen.Canvas.TextWithin(x, y, right - x, scale.Body, ink, verdict.Labels[index], look);
    }
}
