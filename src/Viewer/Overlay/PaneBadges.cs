using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.Overlay;

/// <summary>The signs above a pane's card: the alarm, and whether the picture is purified at all.</summary>
internal static class PaneBadges
{
    private const string Alarm = "⚠ ALARM";

    /// <summary>Where they go: above the card, in a row, or one above the other where the row is too short; empty where there are none.</summary>
    public static Box Layout(HudPen pen, Pane pane, Box card, ShownFrame frame, ViewState state, bool isOnly)
    {
        string mark = Mark(pane, frame, state, isOnly);
        bool isAlarm = IsAlarm(pane, frame, isOnly);
        if (card.Height == 0 || (!isAlarm && mark.Length == 0))
            return default;
        HudScale scale = pen.Scale;
        int first = isAlarm ? pen.BadgeWidth(Alarm) : 0, second = mark.Length > 0 ? pen.BadgeWidth(mark) : 0;
        bool isOneRow = first == 0 || second == 0 || first + second + scale.Gap <= card.Width;
        int width = isOneRow ? first + second + (first > 0 && second > 0 ? scale.Gap : 0) : Math.Max(first, second);
        int height = isOneRow ? scale.Badge : (2 * scale.Badge) + scale.Gap;
        Box box = new(card.X, card.Y - scale.Of(6) - height, width, height);
        return box.Y >= pane.Y && width <= card.Width ? box : default;
    }

    /// <summary>Draws them in the box of <see cref="Layout"/>.</summary>
    public static void Draw(HudPen pen, Box box, Pane pane, ShownFrame frame, ViewState state, bool isOnly)
    {
        int x = box.X, y = box.Bottom - pen.Scale.Badge;
        if (IsAlarm(pane, frame, isOnly))
        {
            x = pen.Badge(x, y, Alarm, Palette.Alarm, Palette.White) + pen.Scale.Gap;
            if (box.Height > pen.Scale.Badge)
                (x, y) = (box.X, box.Y);
        }
        string mark = Mark(pane, frame, state, isOnly);
        if (mark.Length > 0)
            pen.Badge(x, y, mark, state.PurifierOn ? Palette.Amber : Palette.Off, state.PurifierOn ? Palette.Dark : Palette.White);
    }

    private static bool IsAlarm(Pane pane, ShownFrame frame, bool isOnly) => frame.Alarm && ShowsPurified(pane, isOnly);

    private static string Mark(Pane pane, ShownFrame frame, ViewState state, bool isOnly) =>
        !ShowsPurified(pane, isOnly) ? "" : !state.PurifierOn ? "PURIFIER OFF" : !frame.IsPurified && !frame.IsBypassed && frame.Id >= 0 ? "UNPURIFIED" : "";

    private static bool ShowsPurified(Pane pane, bool isOnly) => isOnly || pane.Picture is PanePicture.Purified or PanePicture.Wipe;
}
