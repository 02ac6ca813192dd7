namespace Realtime.Filter.Gpu.Passes;

/// <summary>Places transient resources in one heap so that those alive at the same time do not overlap: largest first, each as low as it goes.</summary>
internal sealed record TransientLayout(ulong HeapBytes, IReadOnlyList<(PassResource Resource, ulong Offset)> Offsets)
{
    // No device asks for more (minStorageBufferOffsetAlignment is at most 256).
    private const ulong Alignment = 256;

    public static TransientLayout Of(IEnumerable<PassResource> resources)
    {
        List<(PassResource Resource, ulong Offset)> placed = [];
        ulong heap = 0;
        foreach (PassResource resource in resources.OrderByDescending(resource => resource.Bytes).ThenBy(resource => resource.FirstPass))
        {
            ulong offset = 0;
            foreach ((PassResource other, ulong at) in placed.Where(entry => Meet(entry.Resource, resource)).OrderBy(entry => entry.Offset))
            {
                if (offset + resource.Bytes <= at)
                    break;
                offset = Math.Max(offset, Align(at + other.Bytes));
            }

            placed.Add((resource, offset));
            heap = Math.Max(heap, Align(offset + resource.Bytes));
        }

        return new TransientLayout(heap, placed);
    }

    private static bool Meet(PassResource a, PassResource b) => a.FirstPass <= b.LastPass && b.FirstPass <= a.LastPass;

    private static ulong Align(ulong value) => (value + Alignment - 1) / Alignment * Alignment;
}
