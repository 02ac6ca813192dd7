using Realtime.Filter.Frames;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Tests.Graph;

public sealed class FramePoolTests
{
    private static readonly FrameFormat Format = new(4, 2, new TimeBase(1, 25), 25, null);

    [Fact]
    public void A_returned_slot_comes_back_without_what_the_last_frame_left_in_it()
    {
        FramePool pool = new(Format, 1);
        FrameSlot slot = pool.Rent(CancellationToken.None);
        (slot.Id, slot.Pts, slot.Duration, slot.TrueLabel, slot.IsPurified) = (4, 5, 6, 7, true);
        pool.Return(slot);

        FrameSlot again = pool.Rent(CancellationToken.None);

        Assert.Same(slot, again);
        Assert.Equal((0, 0, 0, -1, false), (again.Id, again.Pts, again.Duration, again.TrueLabel, again.IsPurified));
    }

    [Fact]
    public void An_empty_pool_makes_the_source_wait_until_cancelled()
    {
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(20));
        FramePool pool = new(Format, 2);
        pool.Rent(CancellationToken.None);
        pool.Rent(CancellationToken.None);

        Assert.Equal(0, pool.Free);
        Assert.ThrowsAny<OperationCanceledException>(() => pool.Rent(cancel.Token));
    }

    [Fact]
    public void Returning_a_slot_twice_is_caught()
    {
        FramePool pool = new(Format, 1);
        FrameSlot slot = pool.Rent(CancellationToken.None);
        pool.Return(slot);

        Assert.Throws<InvalidOperationException>(() => pool.Return(slot));
    }
}
