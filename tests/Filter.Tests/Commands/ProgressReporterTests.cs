using Realtime.Filter.Commands;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Commands;

public sealed class ProgressReporterTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_line_tells_frames_speed_time_left_and_that_nothing_was_dropped() => Assert.Equal(
        "frame 120/300, 12.0 fps, 0:00:15 left, dropped 0",
        ProgressReporter.Line(new RunCounts(120, 0), 300, TenSeconds, json: false));

    [Fact]
    public void Without_a_known_end_there_is_no_time_left() => Assert.Equal(
        "frame 5, 0.5 fps, dropped 0, 2 unpurified",
        ProgressReporter.Line(new RunCounts(5, 2), null, TenSeconds, json: false));

    [Fact]
    public void Json_has_null_where_nothing_is_known() => Assert.Equal(
        """{"frame":0,"frames":null,"fps":0,"secondsLeft":null,"dropped":0,"unpurified":0,"tiles":null,"tilesReused":null}""",
        ProgressReporter.Line(new RunCounts(0, 0), null, TenSeconds, json: true));

    [Fact]
    public void Reused_tiles_are_told_of_and_100_percent_means_all_of_them()
    {
        Assert.Equal("frame 4, 0.4 fps, dropped 0, 99 % of tiles reused", ProgressReporter.Line(new RunCounts(4, 0, new TileCounts(1, 999)), null, TenSeconds, json: false));
        Assert.Contains("\"tiles\":1000,\"tilesReused\":999}", ProgressReporter.Line(new RunCounts(4, 0, new TileCounts(1, 999)), null, TenSeconds, json: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_the_first_frame_the_time_left_is_unknown() => Assert.Equal(
        """{"frame":0,"frames":10,"fps":0,"secondsLeft":null,"dropped":0,"unpurified":0,"tiles":null,"tilesReused":null}""",
        ProgressReporter.Line(new RunCounts(0, 0), 10, TimeSpan.Zero, json: true));
}
