using Realtime.Viewer.Live;

namespace Realtime.Viewer.Overlay;

/// <summary>PAUSED and REC, in an upper corner of the window.</summary>
internal static class StateBadges
{
    private const string Recording = "● REC";
    private const string Paused = "PAUSED";

    /// <summary>Draws those that apply.</summary>
    /// <param name="pen">Draws.</param>
    /// <param name="state">What applies.</param>
    /// <param name="isLeft">In the left corner, else in the right one.</param>
    /// <returns>Where they are; empty where none applies.</returns>
    public static Box Draw(HudPen pen, ViewState state, bool isLeft)
    {
        if (!state.Paused && !state.Recording)
            return default;
        HudScale scale = pen.Scale;
        int width = (state.Recording ? pen.BadgeWidth(Recording) : 0) + (state.Paused ? pen.BadgeWidth(Paused) : 0)
            + (state.Recording && state.Paused ? scale.Gap : 0);
        Box box = new(isLeft ? scale.Margin : pen.Canvas.Width - scale.Margin - width, scale.Margin, width, scale.Badge);
        int x = box.X;
        if (state.Recording)
            x = pen.Badge(x, box.Y, Recording, Palette.Alarm, Palette.White) + scale.Gap;
        if (state.Paused)
            pen.Badge(x, box.Y, Paused, Palette.Card, Palette.White);
        return box;
    }
}
