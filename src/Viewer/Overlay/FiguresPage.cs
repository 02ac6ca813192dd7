using Realtime.Viewer.Live;

namespace Realtime.Viewer.Overlay;

/// <summary>The overlay's first page: figures.</summary>
internal static class FiguresPage
{
    private const int Rows = 14;
    private const int KeyLetters = 11;
    private const int Letters = 36;

    /// <summary>Pixels it takes.</summary>
    public static (int Width, int Height) Measure(HudScale scale)
    {
        int letter = OverlayCanvas.TextWidth(scale.Small, "0");
        return ((Letters * letter) + (2 * scale.Pad), (2 * scale.Pad) + OverlayCanvas.TextHeight(scale.Body) + (2 * scale.Gap) + (Rows * Step(scale)));
    }

    /// <summary>Draws it.</summary>
    public static void Draw(HudPen pen, Box box, ViewState state, LiveStatistics statistics)
    {
        HudScale scale = pen.Scale;
        pen.Card(box);
        Box inner = box.Inset(scale.Pad);
        pen.Heading(inner, Palette.White, "FIGURES", "1/3");
        int y = inner.Y + OverlayCanvas.TextHeight(scale.Body) + (2 * scale.Gap);

        Row(pen, inner, ref y, "pipeline", pen.Line.New().Add(statistics.PipelineFps).Add(" fps"));
        Row(pen, inner, ref y, "render", pen.Line.New().Add(statistics.RenderFps).Add(" fps"));
        Row(pen, inner, ref y, "latency", pen.Line.New().Add("p50 ").Add(statistics.LatencyP50).Add(" p99 ").Add(statistics.LatencyP99).Add(" ms"));
        Row(pen, inner, ref y, "keys", pen.Line.New().Add("p50 ").Add(statistics.AnswerP50).Add(" p99 ").Add(statistics.AnswerP99).Add(" ms"));
        Row(pen, inner, ref y, "dropped", pen.Line.New().Add(statistics.DroppedLate).Add(" late"));
        Row(pen, inner, ref y, "unpurified", pen.Line.New().Add(statistics.Unpurified));
        Row(pen, inner, ref y, "device", pen.Line.New().Add(state.Device));
        Row(pen, inner, ref y, "model", pen.Line.New().Add(state.Model).Add(state.PurifierOn ? "" : " (off)"));
        Row(pen, inner, ref y, "classifier", pen.Line.New().Add(state.Classifier));
        Row(pen, inner, ref y, "attack", PaneCard.Attack(pen.Line, state));
        Row(pen, inner, ref y, "ε · steps", pen.Line.New().Add(state.Eps).Add("/255 · ").Add(state.Steps));
        Row(pen, inner, ref y, "attack age", pen.Line.New().Add(statistics.AttackAge, 0).Add(" ms · ").Add(statistics.AttackFps).Add("/s"));
        Row(pen, inner, ref y, "PSNR", pen.Line.New().Add(statistics.PsnrAttacked).Add(" → ").Add(statistics.PsnrPurified).Add(" dB"));
        Row(pen, inner, ref y, "alarm", Alarm(pen.Line.New(), statistics));
    }

    private static TextLine Alarm(TextLine line, LiveStatistics statistics) => double.IsNaN(statistics.AlarmThreshold)
        ? line.Add("where the verdict changes")
        : line.Add("score ").Add(statistics.AlarmScore, 2).Add(" · from ").Add(statistics.AlarmThreshold, 2);

    private static void Row(HudPen pen, Box box, ref int y, ReadOnlySpan<char> key, TextLine value)
    {
        int x = box.X + (KeyLetters * OverlayCanvas.TextWidth(pen.Scale.Small, "0"));
        pen.Canvas.Text(box.X, y, pen.Scale.Small, Palette.Dim, key);
        pen.Canvas.TextWithin(x, y, box.Right - x, pen.Scale.Small, Palette.White, value.Text);
        y += Step(pen.Scale);
    }

    private static int Step(HudScale scale) => OverlayCanvas.TextHeight(scale.Small) + scale.Of(3);
}
