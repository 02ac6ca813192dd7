using Realtime.Viewer.Live;

namespace Realtime.Viewer.Tests.Live;

public sealed class TripleBufferTests
{
    [Fact]
    public void The_reader_gets_the_newest_whole_value_and_is_told_whether_it_is_new()
    {
        TripleBuffer<int[]> buffer = new(() => new int[1]);
        Assert.False(buffer.TakeNewest(out _));
        foreach (int value in (int[])[1, 2, 3])
        {
            buffer.Back[0] = value;
            buffer.Publish();
        }

        Assert.True(buffer.TakeNewest(out int[] taken));
        Assert.Equal(3, taken[0]);
        buffer.Back[0] = 4;     // being written: the reader's must not change
        Assert.False(buffer.TakeNewest(out int[] same));
        Assert.Same(taken, same);
        Assert.Equal(3, same[0]);
    }

    [Fact]
    public void Nobody_ever_sees_a_value_that_is_half_written()
    {
        TripleBuffer<long[]> buffer = new(() => new long[64]);
        Thread writer = new(() =>
        {
            for (long i = 1; i <= 200_000; i++)
            {
                Array.Fill(buffer.Back, i);
                buffer.Publish();
            }
        });
        writer.Start();
        long last = 0;
        while (last < 200_000)
        {
            buffer.TakeNewest(out long[] seen);
            Assert.All(seen, value => Assert.Equal(seen[0], value));
            Assert.True(seen[0] >= last, "an older value came after a newer one");
            last = seen[0];
        }

        writer.Join();
    }
}
