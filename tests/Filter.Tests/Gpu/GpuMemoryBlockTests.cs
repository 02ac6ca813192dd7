using Realtime.Filter.Gpu;

namespace Realtime.Filter.Tests.Gpu;

public sealed class GpuMemoryBlockTests
{
    [Fact]
    public void Parts_are_aligned_apart_from_each_other_and_join_again()
    {
        GpuMemoryBlock block = new(default, 0, 1000, 0, true);
        Random random = new(7);
        List<(ulong Offset, ulong Size)> taken = [];
        for (int step = 0; step < 5000; step++)
        {
            if (random.Next(2) == 0 && taken.Count > 0)
            {
                int index = random.Next(taken.Count);
                block.Give(taken[index].Offset, taken[index].Size);
                taken.RemoveAt(index);
                continue;
            }
            ulong size = (ulong)random.Next(1, 200);
            ulong alignment = 1ul << random.Next(6);
            if (!block.TryTake(size, alignment, out ulong offset))
                continue;
            Assert.Equal(0u, offset % alignment);
            Assert.True(offset + size <= 1000);
            Assert.DoesNotContain(taken, other => offset < other.Offset + other.Size && other.Offset < offset + size);
            taken.Add((offset, size));
        }
        foreach ((ulong offset, ulong size) in taken)
            block.Give(offset, size);
        Assert.True(block.IsEmpty);
        Assert.True(block.TryTake(1000, 64, out _));
        Assert.False(block.TryTake(1, 1, out _));
    }
}
