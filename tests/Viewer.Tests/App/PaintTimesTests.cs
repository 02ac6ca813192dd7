using Realtime.Viewer.App;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.Tests.App;

public sealed class PaintTimesTests
{
    [Fact]
    public void The_graph_ends_with_the_last_picture_wherever_its_ring_stands()
    {
        PaintTimes times = new();
        for (int picture = 0; picture < LiveStatistics.History + 3; picture++)
        {
            times.Begin();
            times.Done(times.Overlay);
            times.Done(times.Present);
            times.EndPicture();
        }

        LiveStatistics a = new() { HistoryAt = 0 }, b = new() { HistoryAt = 7 };
        times.CopyTo(a);
        times.CopyTo(b);

        Assert.All(a.Render, ms => Assert.True(ms > 0));
        Assert.Equal(a.Render[^1], b.Render[6]);
        Assert.Equal(a.Render[0], b.Render[7]);
    }
}
