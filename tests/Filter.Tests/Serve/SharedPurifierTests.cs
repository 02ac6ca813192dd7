using Realtime.Filter.Purifiers;
using Realtime.Filter.Serve;
using Realtime.Filter.Tests.Purifiers;

namespace Realtime.Filter.Tests.Serve;

public sealed class SharedPurifierTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Tiles_of_two_streams_go_into_one_batch_in_equal_shares_and_come_back_to_their_own()
    {
        GatedPurifier inner = new(isOpen: false);
        using SharedPurifier shared = new(inner, most: 8);
        Assert.Equal(8, inner.Prepared);
        using StreamPurifier first = shared.Join(), second = shared.Join(), third = shared.Join();
        Task<float[]> plug = Hand(third, 1, 0.5f);
        Assert.True(inner.Begun.Wait(Patience));       // from here on both others wait, whoever comes first
        Task<float[]> large = Hand(first, 10, 0.1f), small = Hand(second, 4, 0.2f);
        WaitFor(shared, 14);
        for (int i = 0; i < 3; i++)
            inner.Permit();

        Assert.Equal(Inverted(1, 0.5f), Result(plug));
        Assert.Equal(Inverted(10, 0.1f), Result(large));
        Assert.Equal(Inverted(4, 0.2f), Result(small));
        Assert.Equal([1, 7, 7], inner.Batches.Select(batch => batch.Length));
        Assert.Equal([4, 6], inner.Batches[1..].Select(batch => batch.Count(tile => tile == 0.1f)).Order());
        Assert.Equal(new SharedCounts(3, 2, 15), shared.Counts);
    }

    [Fact]
    public void A_small_frame_is_done_with_the_next_batch_however_much_another_stream_has()
    {
        GatedPurifier inner = new(isOpen: false);
        using SharedPurifier shared = new(inner, most: 8);
        using StreamPurifier greedy = shared.Join(), modest = shared.Join();
        Task<float[]> large = Hand(greedy, 100, 0.1f);
        Assert.True(inner.Begun.Wait(Patience));
        Task<float[]> small = Hand(modest, 2, 0.2f);
        WaitFor(shared, 94);
        inner.Permit();
        inner.Permit();

        Assert.Equal(Inverted(2, 0.2f), Result(small));
        Assert.False(large.IsCompleted);
        for (int i = 0; i < 20; i++)
            inner.Permit();
        Assert.Equal(Inverted(100, 0.1f), Result(large));
    }

    [Fact]
    public void Only_the_stream_whose_tiles_fail_hears_of_it()
    {
        GatedPurifier inner = new(isOpen: false) { Poison = 0.9f };
        using SharedPurifier shared = new(inner, most: 8);
        using StreamPurifier bad = shared.Join(), good = shared.Join(), other = shared.Join();
        Task<float[]> plug = Hand(other, 1, 0.5f);
        Assert.True(inner.Begun.Wait(Patience));
        Task<float[]> poisoned = Hand(bad, 3, 0.9f), healthy = Hand(good, 3, 0.2f);
        WaitFor(shared, 6);
        for (int i = 0; i < 4; i++)
            inner.Permit();

        Assert.Equal(Inverted(3, 0.2f), Result(healthy));
        Assert.Equal("poisoned", Assert.Throws<PurificationException>(() => Result(poisoned)).Message);
        Result(plug);
        inner.Permit();
        Assert.Equal(Inverted(2, 0.3f), Result(Hand(bad, 2, 0.3f)));        // its next frame is another matter
    }

    [Fact]
    public void A_fault_of_another_kind_is_thrown_as_it_is_and_the_others_go_on()
    {
        using SharedPurifier shared = new(new GatedPurifier { Poison = 0.9f, Failure = new InvalidOperationException("broken") }, most: 8);
        using StreamPurifier bad = shared.Join(), good = shared.Join();

        Assert.Equal("broken", Assert.Throws<InvalidOperationException>(() => Result(Hand(bad, 3, 0.9f))).Message);
        Assert.Equal(Inverted(3, 0.2f), Result(Hand(good, 3, 0.2f)));
    }

    [Fact]
    public void Streams_come_and_go_and_what_is_under_way_at_the_end_fails()
    {
        GatedPurifier inner = new();
        SharedPurifier shared = new(inner, most: 8);
        StreamPurifier first = shared.Join();
        Result(Hand(first, 1, 0.1f));
        using StreamPurifier second = shared.Join();
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Result(Hand(first, 1, 0.1f)));
        Assert.Equal(Inverted(9, 0.2f), Result(Hand(second, 9, 0.2f)));
        Assert.False(inner.IsDisposed);

        shared.Dispose();
        Assert.True(inner.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => Result(Hand(second, 1, 0.1f)));
    }

    [Fact]
    public void A_stream_that_ends_does_not_wait_for_its_pace()
    {
        using CancellationTokenSource ending = new();
        using SharedPurifier shared = new(new GatedPurifier(), most: 8);
        using StreamPurifier slow = shared.Join(new TilePace(0.001, TimeProvider.System), ending.Token);
        Result(Hand(slow, 2, 0.1f));
        Task<float[]> waits = Hand(slow, 2, 0.1f);      // for half an hour, else
        Assert.False(waits.IsCompleted);
        ending.Cancel();
        Assert.Equal(Inverted(2, 0.1f), Result(waits));
    }

    [Fact]
    public async Task Pictures_are_the_same_with_and_without_sharing()
    {
        const int Width = 70, Height = 50, Overlap = 2;
        using TinyModels models = new();
        string model = models.Halve();
        byte[][] scene = PurifiedStream.Scene(Width, Height), other = [.. scene.Reverse()];
        using OnnxPurifier alone = OnnxPurifier.Open(model, threads: 2);
        byte[][] expected = [.. PurifiedStream.Of(alone, scene, Width, Height, Overlap, 0).Pictures], expectedOther = [.. PurifiedStream.Of(alone, other, Width, Height, Overlap, 0).Pictures];
        using SharedPurifier shared = new(OnnxPurifier.Open(model, threads: 2), most: 7);
        using StreamPurifier one = shared.Join(), two = shared.Join();

        Task<PurifiedStream> first = Task.Run(() => PurifiedStream.Of(one, scene, Width, Height, Overlap, 0)), second = Task.Run(() => PurifiedStream.Of(two, other, Width, Height, Overlap, 0));

        Assert.Equal(expected, (await first.WaitAsync(Patience)).Pictures);
        Assert.Equal(expectedOther, (await second.WaitAsync(Patience)).Pictures);
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        using SharedPurifier shared = new(new CountingNothing(), most: 8);
        using StreamPurifier stream = shared.Join();
        float[] tiles = new float[20 * 12], purified = new float[tiles.Length];
        for (int i = 0; i < 10; i++)
            stream.Purify(tiles, purified, 20);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
            stream.Purify(tiles, purified, 20);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static Task<float[]> Hand(StreamPurifier stream, int count, float value) => Task.Factory.StartNew(
        () =>
        {
            float[] tiles = new float[count * 12], purified = new float[tiles.Length];
            Array.Fill(tiles, value);
            stream.Purify(tiles, purified, count);
            return purified;
        },
        TaskCreationOptions.LongRunning);

    private static float[] Inverted(int count, float value) => [.. Enumerable.Repeat(1 - value, count * 12)];

    private static T Result<T>(Task<T> task)
    {
        Assert.True(Task.WhenAny(task, Task.Delay(Patience)).GetAwaiter().GetResult() == task, "it never ended");
        return task.GetAwaiter().GetResult();
    }

    private static void WaitFor(SharedPurifier shared, int waiting) =>
        Assert.True(SpinWait.SpinUntil(() => shared.Waiting == waiting, Patience), $"{shared.Waiting} tiles wait instead of {waiting}");

    private sealed class CountingNothing : ITilePurifier
    {
        public string Name => "nothing";

        public int TileSize => 2;

        public string? Randomness => null;

        public void Purify(Memory<float> tiles, Memory<float> purified, int count)
        {
        }

        public void Dispose()
        {
        }
    }
}
