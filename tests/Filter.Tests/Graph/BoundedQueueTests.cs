using Realtime.Filter.Graph;

namespace Realtime.Filter.Tests.Graph;

public sealed class BoundedQueueTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public void Items_come_pushedOutin_the_order_they_went_in_across_the_end_of_the_ring()
    {
        BoundedQueue<int> queue = new(3);
        List<int> taken = [];
        for (int i = 0; i < 10; i++)
        {
            queue.Add(i, None);
            queue.Add(i + 100, None);
            Assert.True(queue.TryTake(out int first, None));
            Assert.True(queue.TryTake(out int second, None));
            taken.AddRange([first, second]);
        }

        Assert.Equal(Enumerable.Range(0, 10).SelectMany(i => new[] { i, i + 100 }), taken);
    }

    [Fact]
    public void What_is_pushed_into_a_full_queue_pushes_the_oldest_out()
    {
        BoundedQueue<int> queue = new(2);
        List<int> pushedOut = [];
        for (int i = 0; i < 7; i++)
        {
            if (queue.Push(i, out int oldest))
                pushedOut.Add(oldest);
        }

        Assert.Equal([0, 1, 2, 3, 4], pushedOut);
        Assert.Equal(2, queue.Count);
        Assert.True(queue.TryTake(out int first, None) && first == 5);
        Assert.False(queue.Push(7, out _));
        queue.Complete();
        Assert.Throws<InvalidOperationException>(() => queue.Push(8, out _));
    }

    [Fact]
    public void A_completed_queue_gives_what_it_holds_and_then_ends()
    {
        BoundedQueue<int> queue = new(2);
        queue.Add(7, None);
        queue.Complete();

        Assert.True(queue.TryTake(out int item, None));
        Assert.Equal(7, item);
        Assert.False(queue.TryTake(out _, None));
        Assert.Throws<InvalidOperationException>(() => queue.Add(8, None));
    }

    [Fact]
    public async Task Adding_to_a_full_queue_waits_for_room()
    {
        BoundedQueue<int> queue = new(1);
        queue.Add(1, None);
        Task add = Task.Run(() => queue.Add(2, None));
        Assert.Equal(1, queue.Count);

        Assert.True(queue.TryTake(out int first, None));
        await add;
        Assert.True(queue.TryTake(out int second, None));
        Assert.Equal((1, 2), (first, second));
    }

    [Fact]
    public async Task Cancellation_ends_a_wait_on_either_side()
    {
        using CancellationTokenSource cancel = new();
        BoundedQueue<int> empty = new(1);
        BoundedQueue<int> full = new(1);
        full.Add(1, None);
        Task take = Task.Run(() => empty.TryTake(out _, cancel.Token));
        Task add = Task.Run(() => full.Add(2, cancel.Token));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => take);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => add);
    }

    [Fact]
    public async Task A_fault_surfaces_on_both_sides_as_the_same_exception_and_before_what_is_queued()
    {
        InvalidDataException fault = new("broken");
        BoundedQueue<int> empty = new(1);
        BoundedQueue<int> full = new(1);
        full.Add(1, None);
        Task take = Task.Run(() => empty.TryTake(out _, None));
        Task add = Task.Run(() => full.Add(2, None));

        empty.Fail(fault);
        full.Fail(fault);
        full.Fail(new InvalidDataException("second"));

        Assert.Same(fault, await Assert.ThrowsAsync<InvalidDataException>(() => take));
        Assert.Same(fault, await Assert.ThrowsAsync<InvalidDataException>(() => add));
        Assert.Same(fault, Assert.Throws<InvalidDataException>(() => full.TryTake(out _, None)));
    }

    [Fact]
    public void Handing_items_over_allocates_nothing()
    {
        BoundedQueue<object> queue = new(2);
        using CancellationTokenSource cancel = new();
        object item = new();
        Cycle();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Cycle();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Cycle()
        {
            queue.Add(item, cancel.Token);
            queue.TryTake(out _, cancel.Token);
        }
    }
}
