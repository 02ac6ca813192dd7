using Realtime.Viewer.Live;

namespace Realtime.Viewer.Overlay;

/// <summary>The overlay's second page: milliseconds of the last frames, stage by stage.</summary>
internal static class GraphsPage
{
    private const int Graphs = 4;

    /// <summary>Pixels it takes.</summary>
    public static (int Width, int Height) Measure(HudScale scale) =>
        (scale.Of(330) + (2 * scale.Pad), (2 * scale.Pad) + OverlayCanvas.TextHeight(scale.Body) + scale.Gap + (Graphs * Step(scale)));

    /// <summary>Draws it.</summary>
    public static void Draw(HudPen pen, Box box, LiveStatistics statistics)
    {
        HudScale scale = pen.Scale;
        pen.Card(box);
        Box inner = box.Inset(scale.Pad);
        pen.Heading(inner, Palette.White, "GRAPHS", "2/3 · last 120 frames");
        int y = inner.Y + OverlayCanvas.TextHeight(scale.Body) + scale.Gap;
        Graph(pen, inner, ref y, "attack", statistics.Attack, statistics.HistoryAt, Palette.Attacked);
        Graph(pen, inner, ref y, "purify", statistics.Purify, statistics.HistoryAt, Palette.Purified);
        Graph(pen, inner, ref y, "classify", statistics.Classify, statistics.HistoryAt, Palette.Difference);
        Graph(pen, inner, ref y, "render", statistics.Render, statistics.HistoryAt, Palette.Raw);
    }

    private static void Graph(HudPen pen, Box box, ref int y, ReadOnlySpan<char> name, float[] ring, int next, Tint tint)
    {
        HudScale scale = pen.Scale;
        int text = OverlayCanvas.TextHeight(scale.Small), top = y + scale.Gap;
        Span<float> values = stackalloc float[LiveStatistics.History];
        float most = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float value = ring[(next + i) % values.Length];
            values[i] = float.IsFinite(value) && value > 0 ? value : 0;
            most = Math.Max(most, values[i]);
        }
        float full = Round(most), last = values[^1];
        foreach (ref float value in values)
            value /= full;

        int x = pen.Canvas.Text(box.X, top, scale.Small, tint, name, TextLook.Bold) + scale.Of(9);
        pen.Canvas.Text(x, top, scale.Small, Palette.White, pen.Line.New().Add(last).Add(" ms").Text);
        pen.Line.New().Add(full, full < 1 ? 1 : 0).Add(" ms");
        pen.Canvas.Text(box.Right - OverlayCanvas.TextWidth(scale.Small, pen.Line.Text), top, scale.Small, Palette.Dim, pen.Line.Text);

        Box plot = new(box.X, top + text + scale.Of(2), box.Width, Step(scale) - scale.Gap - text - scale.Of(4));
        pen.Canvas.Fill(plot, Palette.Track, scale.Of(3));
        pen.Canvas.Fill(plot with { Y = plot.Y + (plot.Height / 2), Height = 1 }, Palette.Track);
        Box curve = new(plot.X + scale.Of(2), plot.Y + scale.Of(2), plot.Width - (2 * scale.Of(2)), plot.Height - (2 * scale.Of(2)));
        for (int column = 0; column < curve.Width; column++)
        {
            float at = column * (values.Length - 1) / (float)curve.Width;
            int high = (int)((values[(int)at] + ((values[(int)at + 1] - values[(int)at]) * (at % 1))) * curve.Height);
            pen.Canvas.Fill(new Box(curve.X + column, curve.Bottom - high, 1, high), tint.Fade(0.22f));
        }
        pen.Canvas.Polyline(curve, values, Math.Max(1.3f, scale.Of(2) * 0.8f), tint);
        y += Step(scale);
    }

    /// <summary>The next of 1, 2, 5, 10, 20, ... milliseconds.</summary>
    private static float Round(float most)
    {
        float unit = 0.1f;
        while (true)
        {
            if (most <= unit)
                return unit;
            if (most <= 2 * unit)
                return 2 * unit;
            if (most <= 5 * unit)
                return 5 * unit;
            unit *= 10;
        }
    }

    private static int Step(HudScale scale) => OverlayCanvas.TextHeight(scale.Small) + scale.Gap + scale.Of(44);
}
