using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>One allocation of the driver, and which parts of it are free. Guarded by the lock of its allocator.</summary>
/// <param name="handle">The allocation.</param>
/// <param name="type">Its memory type.</param>
/// <param name="size">Its size in bytes.</param>
/// <param name="mapped">Where the host sees it, or 0.</param>
/// <param name="isCoherent">Whether the host needs no flush or invalidate.</param>
internal sealed class GpuMemoryBlock(DeviceMemory handle, int type, ulong size, nint mapped, bool isCoherent)
{
    // Sorted by offset, never touching each other.
    private readonly List<(ulong Offset, ulong Size)> free = [(0, size)];

    public DeviceMemory Handle => handle;

    public int Type => type;

    public nint Mapped => mapped;

    public bool IsCoherent => isCoherent;

    public bool IsEmpty => free.Count == 1 && free[0].Size == size;

    /// <summary>Takes the first free part that is large enough.</summary>
    public bool TryTake(ulong bytes, ulong alignment, out ulong offset)
    {
        for (int index = 0; index < free.Count; index++)
        {
            (ulong start, ulong length) = free[index];
            offset = GpuAllocator.RoundUp(start, alignment);
            ulong end = start + length;
            if (offset + bytes > end)
                continue;

            free.RemoveAt(index);
            if (offset + bytes < end)
                free.Insert(index, (offset + bytes, end - offset - bytes));
            if (offset > start)
                free.Insert(index, (start, offset - start));
            return true;
        }
        offset = 0;
        return false;
    }

    /// <summary>Gives a part back and joins it with its free neighbours.</summary>
    public void Give(ulong offset, ulong bytes)
    {
        int index = free.FindIndex(part => part.Offset > offset);
        if (index < 0)
            index = free.Count;
        if (index < free.Count && offset + bytes == free[index].Offset)
        {
            bytes += free[index].Size;
            free.RemoveAt(index);
        }
        if (index > 0 && free[index - 1].Offset + free[index - 1].Size == offset)
        {
            index--;
            offset = free[index].Offset;
            bytes += free[index].Size;
            free.RemoveAt(index);
        }
        free.Insert(index, (offset, bytes));
    }
}
