using Realtime.Filter.Gpu.Passes;

namespace Realtime.Filter.Tests.Gpu.Passes;

public sealed class TransientLayoutTests
{
    [Fact]
    public void In_random_graphs_memory_alive_at_the_same_time_never_overlaps_and_the_heap_is_no_larger_than_without_sharing()
    {
        ulong heap = 0, unshared = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            PassResource[] resources = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Resource(random))];
            TransientLayout layout = TransientLayout.Of(resources);

            Assert.Equal(resources.Length, layout.Offsets.Select(entry => entry.Resource).Distinct().Count());
            foreach ((PassResource one, ulong at) in layout.Offsets)
            {
                Assert.Equal(0u, at % 256);
                Assert.InRange(at + one.Bytes, 1u, layout.HeapBytes);
                foreach ((PassResource other, ulong otherAt) in layout.Offsets)
                {
                    bool together = one.FirstPass <= other.LastPass && other.FirstPass <= one.LastPass;
                    bool overlap = at < otherAt + other.Bytes && otherAt < at + one.Bytes;
                    Assert.False(!ReferenceEquals(one, other) && together && overlap, $"seed {seed}: {one} at {at} and {other} at {otherAt}");
                }
            }

            // At no time does less fit than is alive then.
            ulong most = Enumerable.Range(0, 40).Max(pass => resources.Where(r => r.FirstPass <= pass && pass <= r.LastPass).Aggregate(0UL, (sum, r) => sum + r.Bytes));
            ulong all = resources.Aggregate(0UL, (sum, r) => sum + ((r.Bytes + 255) / 256 * 256));
            Assert.InRange(layout.HeapBytes, most, all);
            heap += layout.HeapBytes;
            unshared += all;
        }

        Assert.InRange(heap, 1u, unshared * 3 / 4);
    }

    [Fact]
    public void Lifetimes_that_do_not_meet_share_memory_and_a_gap_is_filled()
    {
        PassResource large = Resource("large", 4096, 0, 1);
        PassResource left = Resource("left", 2048, 2, 5);
        PassResource right = Resource("right", 2048, 3, 5);
        PassResource touching = Resource("touching", 256, 1, 2);
        TransientLayout layout = TransientLayout.Of([touching, right, left, large]);

        Dictionary<PassResource, ulong> at = layout.Offsets.ToDictionary(entry => entry.Resource, entry => entry.Offset);
        Assert.Equal((0UL, 0UL, 2048UL, 4096UL), (at[large], at[left], at[right], at[touching]));
        Assert.Equal(4352u, layout.HeapBytes);
    }

    [Fact]
    public void Nothing_transient_needs_no_heap() => Assert.Equal(0u, TransientLayout.Of([]).HeapBytes);

    private static PassResource Resource(Random random)
    {
        int first = random.Next(30);
        return Resource("r", (ulong)random.Next(1, 5000), first, first + random.Next(8));
    }

    private static PassResource Resource(string name, ulong bytes, int first, int last) => new(name, bytes, null) { FirstPass = first, LastPass = last };
}
