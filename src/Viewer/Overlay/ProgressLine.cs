using Realtime.Viewer.Live;

namespace Realtime.Viewer.Overlay;

/// <summary>How far the source has come: a line along the window's foot, where the mouse can go to any place.</summary>
internal static class ProgressLine
{
    /// <summary>Where it takes the mouse: higher than it looks, to be easy to hit.</summary>
    public static Box Zone(int width, int height)
    {
        HudScale scale = new(width, height);
        int high = scale.Of(14);
        return new Box(scale.Margin, height - high, Math.Max(1, width - (2 * scale.Margin)), high);
    }

    /// <summary>Part of the source at a column of the window, 0 to 1.</summary>
    public static double PartAt(Box zone, double x) => Math.Clamp((x - zone.X) / zone.Width, 0, 1);

    /// <summary>Draws it where the source has an end.</summary>
    public static void Draw(HudPen pen, ShownFrame frame, ViewState state)
    {
        if (!(state.Duration > 0))
            return;
        HudScale scale = pen.Scale;
        Box zone = Zone(pen.Canvas.Width, pen.Canvas.Height);
        int high = scale.Of(3), y = zone.Bottom - scale.Of(5) - high, radius = scale.Of(5);
        bool isGoing = !double.IsNaN(state.Wanted);
        int at = zone.X + Column(zone, frame.Time, state.Duration), mark = isGoing ? zone.X + Column(zone, state.Wanted, state.Duration) : at;
        pen.Canvas.Fill(new Box(zone.X - 1, y - 1, zone.Width + 2, high + 2), Palette.Card, high);
        pen.Canvas.Fill(new Box(zone.X, y, zone.Width, high), Palette.White.Fade(0.24f), high / 2);
        pen.Canvas.Fill(new Box(zone.X, y, at - zone.X, high), Palette.White.Fade(0.85f), high / 2);
        pen.Canvas.Fill(new Box(mark - radius - 1, y + (high / 2) - radius - 1, (2 * radius) + 2, (2 * radius) + 2), Palette.Card, radius + 1);
        pen.Canvas.Fill(new Box(mark - radius, y + (high / 2) - radius, 2 * radius, 2 * radius), isGoing ? Palette.Amber : Palette.White, radius);
    }

    private static int Column(Box zone, double seconds, double duration) => (int)Math.Round(Math.Clamp(seconds / duration, 0, 1) * zone.Width);
}
