using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Live;
using Realtime.Filter.Tests.Graph;

namespace Realtime.Filter.Tests.Live;

public sealed class CapturedSourceTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly LiveCounts counts = new();

    [Theory]
    [InlineData(LatencyPolicy.Latency)]
    [InlineData(LatencyPolicy.Balanced)]
    public void With_a_slow_consumer_every_frame_is_either_written_or_counted_as_dropped(LatencyPolicy policy)
    {
        const int Frames = 5000;
        FakeSink sink = new() { OnWrite = (_, _) => Thread.Yield() };

        Run(new FakeSource(Frames), sink, policy, Long);

        Assert.Equal(Frames, counts.In);
        Assert.Equal(sink.Frames.Count, counts.Out);
        Assert.Equal(counts.In, counts.Out + counts.AllDropped);
        Assert.Equal(0, counts.Dropped(DropCause.Sink));
        Assert.Equal(sink.Frames.Select(frame => frame.Pts).Order(), sink.Frames.Select(frame => frame.Pts));
        Assert.Equal(Enumerable.Range(0, sink.Frames.Count).Select(id => (long)id), sink.Frames.Select(frame => frame.Id));
        Assert.Equal((Frames - 1) * 3, sink.Frames[^1].Pts);    // the newest is never dropped
    }

    [Fact]
    public void Latency_has_one_frame_under_way()
    {
        int most = Most(LatencyPolicy.Latency, Long);

        Assert.Equal(1, most);
    }

    [Fact]
    public void Balanced_has_one_frame_under_way_when_it_cannot_hold_its_target()
    {
        // A target that every frame misses: after the first ones none may wait behind another.
        Assert.InRange(Most(LatencyPolicy.Balanced, TimeSpan.FromTicks(1)), 1, 2);
        Assert.True(counts.Dropped(DropCause.Late) + counts.Dropped(DropCause.Queue) > 0, counts.ToString());
    }

    [Fact]
    public void A_source_that_breaks_off_does_so_behind_its_last_frame()
    {
        Errors.UserErrorException broken = new(Errors.ExitCode.Failed, "broken");
        FakeSink sink = new();

        FrameGraphResult result = Run(new FakeSource(3, breaksWith: broken), sink, LatencyPolicy.Balanced, Long);

        Assert.Same(broken, result.SourceFailure);
        Assert.True(sink.Completed);
        Assert.Equal(3, counts.Out + counts.AllDropped);
    }

    [Fact]
    public void A_stream_that_is_told_to_end_ends_well()
    {
        using CancellationTokenSource ending = new();
        FakeSink sink = new() { OnWrite = (slot, _) => { if (slot.Id == 5) ending.Cancel(); } };

        FrameGraphResult result = Run(new FakeSource(int.MaxValue), sink, LatencyPolicy.Balanced, Long, ending.Token);

        Assert.Null(result.SourceFailure);
        Assert.True(sink.Completed);
        Assert.Equal(counts.In, counts.Out + counts.AllDropped);
    }

    [Fact]
    public void Smooth_drops_none()
    {
        const int Frames = 300;
        FakeSink sink = new();
        using CountedSource source = new(new FakeSource(Frames), counts, CancellationToken.None);
        using CountedSink counted = new(sink, counts, null);

        new FrameGraph(source, [], counted, FramePicture.Raw).Run(CancellationToken.None);

        Assert.Equal((Frames, Frames, 0L), (counts.In, counts.Out, counts.AllDropped));
    }

    // The most frames that were between source and sink at any time.
    private int Most(LatencyPolicy policy, TimeSpan target)
    {
        int underWay = 0, most = 0;
        FakeStage begin = new("begin", (_, _) => most = Math.Max(most, Interlocked.Increment(ref underWay)));
        FakeSink sink = new() { OnWrite = (_, _) => Interlocked.Decrement(ref underWay) };
        Run(new FakeSource(2000), sink, policy, target, stages: [begin, new FakeStage("slow", (_, _) => Thread.Yield())]);
        return most;
    }

    private FrameGraphResult Run(FakeSource inner, FakeSink sink, LatencyPolicy policy, TimeSpan target, CancellationToken ending = default, IFrameStage[]? stages = null)
    {
        stages ??= [];
        using CapturedSource source = new(inner, policy, target, FrameGraph.MostFrames(stages.Length), counts, ending);
        using CountedSink counted = new(sink, counts, source);
        return new FrameGraph(source, stages, counted, FramePicture.Raw).Run(CancellationToken.None);
    }
}
