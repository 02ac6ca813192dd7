using System.Collections.Concurrent;
using Realtime.Filter.Frames;
using Realtime.Filter.Solids;
using Realtime.Filter.Video;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.Tests.Live;

public sealed class PacedSourceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource stop = new();
    private readonly BlockingCollection<(long Number, long Pts)> frames = [];
    private readonly PacedSource source = new(Scene("seconds=4,size=16x16,fps=10"), isLive: true);
    private readonly Thread reader;

    public PacedSourceTests() => reader = new Thread(ReadAll);

    public void Dispose()
    {
        stop.Cancel();
        if (reader.IsAlive)
            reader.Join();
        source.Dispose();
        frames.Dispose();
        stop.Dispose();
    }

    [Fact]
    public void A_seek_while_paused_shows_the_frame_and_stays_paused()
    {
        source.Pause(true);
        reader.Start();
        source.Seek(2.5);
        Assert.Equal((0L, 25L), Next());
        Assert.True(double.IsNaN(source.Wanted));
        source.Step();
        Assert.Equal((1L, 26L), Next());
        source.Seek(0);
        Assert.Equal((2L, 0L), Next());
        Assert.Empty(frames);
    }

    [Fact]
    public void Numbers_go_on_times_are_the_sources_and_nothing_counts_as_dropped()
    {
        reader.Start();
        Assert.Equal((0L, 0L), Next());
        source.Seek(3.7);
        (long number, long pts) = Next();
        while (pts < 37)
            (number, pts) = NextAfter(number);      // given out before the source heard of it
        Assert.Equal(37, pts);
        Assert.True(source.IsStale(number - 1));
        Assert.False(source.IsStale(number));
        Assert.Equal(3.7, source.TimeOf(pts), 6);
        foreach (long then in (long[])[38, 39, 0, 1])       // the end, and the start again
        {
            (number, pts) = NextAfter(number);
            Assert.Equal(then, pts);
        }

        Assert.Equal(0, source.Dropped);
    }

    [Fact]
    public void The_end_is_the_last_frame()
    {
        source.Pause(true);
        reader.Start();
        source.Seek(1000);
        Assert.Equal((0L, 39L), Next());
        Assert.Equal(4, source.Duration);
    }

    [Fact]
    public void A_stream_ends_and_has_no_places()
    {
        using PacedSource stream = new(new Stream(Scene("seconds=1,size=16x16,fps=10")), isLive: false);
        FrameSlot slot = new(stream.Format);
        for (int i = 0; i < 10; i++)
            Assert.True(stream.TryRead(slot, default));
        Assert.False(stream.TryRead(slot, default));
        Assert.False(stream.CanSeek);
        Assert.Throws<InvalidOperationException>(() => stream.Seek(0));
    }

    [Fact]
    public void The_next_wish_waits_until_the_last_one_is_shown()
    {
        SeekPlace place = new();
        place.Ask(1);
        Assert.True(place.MayGo);
        place.Go(5);
        place.Ask(2);
        Assert.False(place.MayGo);
        place.Shown(4);
        Assert.False(place.MayGo);
        place.Shown(5);
        Assert.True(place.MayGo);
        Assert.Equal(2, place.Wanted);
        place.Go(9);
        Assert.Equal(9, place.StaleBefore);
        place.Shown(9);
        Assert.True(double.IsNaN(place.Wanted));
    }

    private static SolidsSource Scene(string options) => new(SolidsOptions.Parse("solids:" + options));

    private (long Number, long Pts) Next()
    {
        Assert.True(frames.TryTake(out (long Number, long Pts) frame, Patience), "no frame came");
        return frame;
    }

    private (long Number, long Pts) NextAfter(long number)
    {
        (long Number, long Pts) frame = Next();
        Assert.Equal(number + 1, frame.Number);
        return frame;
    }

    // As the graph does: numbers in the order of reading, and every frame reaches the screen.
    private void ReadAll()
    {
        FrameSlot slot = new(source.Format);
        try
        {
            for (long number = 0; source.TryRead(slot, stop.Token); number++)
            {
                source.Shown(number);
                frames.Add((number, slot.Pts));
            }
        }
        catch (OperationCanceledException)
        {
            // the test is over
        }
    }

    private sealed class Stream(IFrameSource inner) : IFrameSource
    {
        public string Name => "-";

        public FrameFormat Format => inner.Format;

        public bool TryRead(FrameSlot slot, CancellationToken cancellation) => inner.TryRead(slot, cancellation);

        public void Dispose() => inner.Dispose();
    }
}
