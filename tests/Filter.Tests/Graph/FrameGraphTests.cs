using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Tests.Graph;

public sealed class FrameGraphTests
{
    private static FakeStage AddTen() => new("ten", (slot, _) =>
    {
        for (int i = 0; i < slot.Raw.Length; i++)
            slot.Purified[i] = (byte)(slot.Raw[i] + 10);
        slot.IsPurified = true;
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_frame_passes_every_stage_and_arrives_in_order(bool singleThreaded)
    {
        using FakeSource source = new(50);
        using FakeSink sink = new();
        using FakeStage stage = AddTen();
        using FakeStage mark = new("mark", (slot, _) => slot.Pts += 1);
        FrameGraph graph = new(source, [stage, mark], sink, FramePicture.Purified, new FrameGraphOptions(SingleThreaded: singleThreaded));

        FrameGraphResult result = graph.Run(CancellationToken.None);

        Assert.Equal((50, 0, null), (result.Frames, result.Unpurified, result.SourceFailure));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => ((long)i, (i * 3L) + 1, (byte)(i + 10))), sink.Frames);
        Assert.True(sink.Completed);
        Assert.All(graph.Statistics, stage => Assert.Equal(50, stage.Count));
        Assert.Equal(50, graph.Latency.Count);
    }

    [Fact]
    public void Single_threaded_means_the_calling_thread_one_frame_at_a_time()
    {
        int caller = Environment.CurrentManagedThreadId;
        List<string> order = [];
        using FakeSource source = new(2);
        using FakeStage stage = new("stage", (slot, _) => order.Add($"stage {slot.Id} {Environment.CurrentManagedThreadId == caller}"));
        using FakeSink sink = new() { OnWrite = (slot, _) => order.Add($"sink {slot.Id} {Environment.CurrentManagedThreadId == caller}") };

        new FrameGraph(source, [stage], sink, FramePicture.Raw, new FrameGraphOptions(SingleThreaded: true)).Run(CancellationToken.None);

        Assert.Equal(["stage 0 True", "sink 0 True", "stage 1 True", "sink 1 True"], order);
    }

    [Fact]
    public void Each_stage_has_its_own_named_thread_and_they_overlap()
    {
        // The first stage finishes frame 1 only after the second stage has begun frame 0: without overlap this would never end.
        using CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(60));
        using ManualResetEventSlim secondBegan = new();
        string[] names = ["", ""];
        using FakeSource source = new(2);
        using FakeSink sink = new();
        using FakeStage first = new("first", (slot, cancellation) =>
        {
            names[0] = Thread.CurrentThread.Name!;
            if (slot.Id == 1)
                secondBegan.Wait(cancellation);
        });
        using FakeStage second = new("second", (_, _) =>
        {
            names[1] = Thread.CurrentThread.Name!;
            secondBegan.Set();
        });

        new FrameGraph(source, [first, second], sink, FramePicture.Raw).Run(giveUp.Token);

        Assert.Equal(["realtime first", "realtime second"], names);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_fault_in_a_stage_stops_all_threads_and_surfaces_as_it_was_thrown(bool singleThreaded)
    {
        InvalidDataException fault = new("stage broke");
        using FakeSource source = new(int.MaxValue);
        using FakeSink sink = new();
        using FakeStage stage = new("broken", (slot, _) =>
        {
            if (slot.Id == 5)
                throw fault;
        });
        FrameGraph graph = new(source, [stage], sink, FramePicture.Raw, new FrameGraphOptions(SingleThreaded: singleThreaded));

        Assert.Same(fault, Assert.Throws<InvalidDataException>(() => graph.Run(CancellationToken.None)));
        Assert.False(sink.Completed);
    }

    [Fact]
    public void A_fault_in_the_sink_ends_a_source_that_waits_for_a_slot()
    {
        InvalidDataException fault = new("disk full");
        using FakeSource source = new(int.MaxValue);
        using FakeSink sink = new() { OnWrite = (_, _) => throw fault };

        Assert.Same(fault, Assert.Throws<InvalidDataException>(() => new FrameGraph(source, [], sink, FramePicture.Raw).Run(CancellationToken.None)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cancelling_ends_the_run_and_leaves_the_sink_incomplete(bool singleThreaded)
    {
        using CancellationTokenSource cancel = new();
        using FakeSource source = new(int.MaxValue);
        using FakeSink sink = new()
        {
            OnWrite = (slot, _) =>
            {
                if (slot.Id == 3)
                    cancel.Cancel();
            },
        };
        FrameGraph graph = new(source, [], sink, FramePicture.Raw, new FrameGraphOptions(SingleThreaded: singleThreaded));

        OperationCanceledException exception = Assert.ThrowsAny<OperationCanceledException>(() => graph.Run(cancel.Token));

        Assert.Equal(cancel.Token, exception.CancellationToken);
        Assert.False(sink.Completed);
    }

    [Fact]
    public void What_breaks_because_of_the_cancellation_is_not_mistaken_for_its_cause()
    {
        using CancellationTokenSource cancel = new();
        using FakeSource source = new(10);
        using FakeSink sink = new()
        {
            OnWrite = (_, _) =>
            {
                cancel.Cancel();
                throw new UserErrorException(ExitCode.Failed, "the encoder died of the same Ctrl-C");
            },
        };

        Assert.ThrowsAny<OperationCanceledException>(() => new FrameGraph(source, [], sink, FramePicture.Raw).Run(cancel.Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_source_that_breaks_off_still_gets_all_its_frames_through(bool singleThreaded)
    {
        UserErrorException broken = new(ExitCode.Failed, "clip.mp4 is truncated after 7 frames");
        using FakeSource source = new(7, breaksWith: broken);
        using FakeSink sink = new();

        FrameGraphResult result = new FrameGraph(source, [], sink, FramePicture.Raw, new FrameGraphOptions(SingleThreaded: singleThreaded)).Run(CancellationToken.None);

        Assert.Equal(7, sink.Frames.Count);
        Assert.True(sink.Completed);
        Assert.Same(broken, result.SourceFailure);
    }

    [Fact]
    public void A_source_without_one_readable_frame_completes_nothing()
    {
        UserErrorException broken = new(ExitCode.Failed, "clip.mp4 has no readable frame");
        using FakeSource source = new(0, breaksWith: broken);
        using FakeSink sink = new();

        Assert.Same(broken, Assert.Throws<UserErrorException>(() => new FrameGraph(source, [], sink, FramePicture.Raw).Run(CancellationToken.None)));
        Assert.False(sink.Completed);
    }

    [Fact]
    public void Unpurified_frames_are_counted_and_MaxFrames_ends_the_stream()
    {
        using FakeSource source = new(100);
        using FakeSink sink = new();
        using FakeStage stage = new("even", (slot, _) => slot.IsPurified = slot.Id % 2 == 0);
        FrameGraph graph = new(source, [stage], sink, FramePicture.Purified, new FrameGraphOptions(MaxFrames: 9));

        FrameGraphResult result = graph.Run(CancellationToken.None);

        Assert.Equal((9, 4), (result.Frames, result.Unpurified));
        Assert.True(sink.Completed);
    }

    [Fact]
    public void A_graph_prints_itself()
    {
        using FakeSource source = new(1);
        using FakeSink sink = new();
        using FakeStage stage = AddTen();
        FrameGraph graph = new(source, [stage], sink, FramePicture.Purified);

        Assert.Equal(
            "source  fake  8x4 at 25 fps, 5 slots\n  | queue of 2\nten\n  | queue of 2\nsink    fake  (Purified)\non 3 threads",
            graph.ToString());
    }

    [Fact]
    public void A_frame_costs_the_graph_no_managed_memory()
    {
        long afterWarmUp = 0;
        long atEnd = 0;
        using FakeSource source = new(600);
        using FakeStage stage = AddTen();
        using CountingSink sink = new(id =>
        {
            if (id == 99)
                afterWarmUp = GC.GetAllocatedBytesForCurrentThread();
            if (id == 599)
                atEnd = GC.GetAllocatedBytesForCurrentThread();
        });

        new FrameGraph(source, [stage], sink, FramePicture.Purified, new FrameGraphOptions(SingleThreaded: true)).Run(CancellationToken.None);

        Assert.Equal(0, atEnd - afterWarmUp);
    }
}
