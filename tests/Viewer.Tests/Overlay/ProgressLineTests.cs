using Realtime.Viewer.Live;
using Realtime.Viewer.Overlay;

namespace Realtime.Viewer.Tests.Overlay;

public sealed class ProgressLineTests
{
    [Theory]
    [InlineData(640, 360)]
    [InlineData(1280, 720)]
    [InlineData(2560, 1440)]
    public void The_mark_is_where_the_mouse_went(int width, int height)
    {
        ViewState state = Scenes.State();
        ShownFrame frame = Scenes.Frame();
        (state.Duration, frame.Time) = (100, 25);
        Box zone = ProgressLine.Zone(width, height);
        Assert.Equal(0, ProgressLine.PartAt(zone, -5));
        Assert.Equal(1, ProgressLine.PartAt(zone, width + 5));
        double part = ProgressLine.PartAt(zone, width / 2);
        Assert.InRange(part, 0.49, 0.51);

        state.Wanted = part * state.Duration;
        OverlayCanvas canvas = new(width, height);
        new Hud().Draw(canvas, frame, state, [], frame.Statistics, 0);
        uint amber = Palette.Amber.Covering(255);
        int[] columns = [.. Enumerable.Range(0, width).Where(x => Enumerable.Range(zone.Y, zone.Height).Any(y => Near(canvas.Pixels[(y * width) + x], amber)))];
        Assert.NotEmpty(columns);
        Assert.InRange(columns.Average(), (width / 2) - 3, (width / 2) + 3);
    }

    [Theory]
    [InlineData(0, "0:00.0")]
    [InlineData(7.25, "0:07.2")]
    [InlineData(59.96, "1:00.0")]
    [InlineData(754.3, "12:34.3")]
    [InlineData(3723.4, "1:02:03.4")]
    public void Times_are_written_as_people_do(double seconds, string text) => Assert.Equal(text, new TextLine().New().AddClock(seconds).Text.ToString());

    private static bool Near(uint pixel, uint other) =>
        Enumerable.Range(0, 3).All(i => Math.Abs((int)((pixel >> (8 * i)) & 255) - (int)((other >> (8 * i)) & 255)) < 24);
}
