using Realtime.Viewer.Panes;

namespace Realtime.Viewer.Overlay;

/// <summary>The line between the two pictures of a wipe, and the handle that is dragged.</summary>
internal static class WipeLine
{
    /// <summary>Draws it at column <paramref name="x"/> from the pane's top to row <paramref name="bottom"/>.</summary>
    public static void Draw(HudPen pen, Pane pane, int x, int bottom)
    {
        HudScale scale = pen.Scale;
        int thin = scale.Of(2), radius = scale.Of(15);
        bottom = Math.Clamp(bottom, pane.Y, pane.Y + pane.Height);
        Bar(pen, pane, x - (thin / 2) - 1, thin + 2, bottom, Palette.Dark.Fade(0.5f));
        Bar(pen, pane, x - (thin / 2), thin, bottom, Palette.White);
        // The handle stays in the pane, to be grasped at its edges too; it keeps its height where the line ends early.
        int middle = pane.Y + (pane.Height * 2 / 5);
        if (pane.Width < 3 * radius || middle + radius + 1 > bottom || middle - radius - 1 < pane.Y)
            return;
        x = Math.Clamp(x, pane.X + radius + 1, pane.X + pane.Width - radius - 1);
        pen.Canvas.Fill(new Box(x - radius - 1, middle - radius - 1, (2 * radius) + 2, (2 * radius) + 2), Palette.Dark.Fade(0.5f), radius + 1);
        pen.Canvas.Fill(new Box(x - radius, middle - radius, 2 * radius, 2 * radius), Palette.White, radius);
        Arrow(pen, x, middle, -1, radius, Palette.Attacked);
        Arrow(pen, x, middle, 1, radius, Palette.Purified);
    }

    private static void Bar(HudPen pen, Pane pane, int x, int width, int bottom, Tint tint)
    {
        int left = Math.Clamp(x, pane.X, pane.X + pane.Width), right = Math.Clamp(x + width, pane.X, pane.X + pane.Width);
        pen.Canvas.Fill(new Box(left, pane.Y, right - left, bottom - pane.Y), tint);
    }

    private static void Arrow(HudPen pen, int x, int y, int side, int radius, Tint tint)
    {
        float near = radius * 0.28f * side, far = radius * 0.62f * side, high = radius * 0.36f, thick = Math.Max(1.5f, radius * 0.2f);
        pen.Canvas.Line(x + near, y - high, x + far, y, thick, tint);
        pen.Canvas.Line(x + near, y + high, x + far, y, thick, tint);
    }
}
