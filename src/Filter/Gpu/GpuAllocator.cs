using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>
/// Hands out parts of 64 MiB blocks, as drivers allow only some thousand allocations; what would fill more than half of a block gets
/// one of its own. Empty blocks go back to the driver. Safe to use from any thread.
/// </summary>
internal sealed unsafe class GpuAllocator(GpuDevice device, GpuPhysicalDevice physical) : IDisposable
{
    private const ulong BlockBytes = 64 << 20;

    private readonly Lock gate = new();
    private readonly List<GpuMemoryBlock> blocks = [];

    /// <summary>Bytes that are handed out now.</summary>
    public ulong UsedBytes { get; private set; }

    public static ulong RoundUp(ulong value, ulong multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>Allocates memory for a buffer.</summary>
    /// <exception cref="GpuOutOfMemoryException">The heap is full.</exception>
    public GpuAllocation Allocate(string name, MemoryRequirements needs, GpuMemory use)
    {
        int type = GpuMemoryTypes.Choose(physical.Memory, needs.MemoryTypeBits, use);
        PhysicalDeviceMemoryProperties memory = physical.Memory;
        MemoryPropertyFlags flags = memory.MemoryTypes[type].PropertyFlags;
        ulong heap = memory.MemoryHeaps[(int)memory.MemoryTypes[type].HeapIndex].Size;
        if (device.Faults.IsAllocationRefused())
            throw new GpuOutOfMemoryException(name, needs.Size, heap);

        // Atoms are what memory that is not coherent is invalidated by; whole ones keep neighbours apart.
        ulong alignment = Math.Max(needs.Alignment, physical.Limits.NonCoherentAtomSize);
        ulong size = RoundUp(needs.Size, alignment);
        lock (gate)
        {
            foreach (GpuMemoryBlock block in blocks)
            {
                if (block.Type == type && block.TryTake(size, alignment, out ulong offset))
                {
                    UsedBytes += size;
                    return new GpuAllocation(block, offset, size);
                }
            }

            ulong shared = Math.Min(BlockBytes, heap / 8);
            GpuMemoryBlock? made = size <= shared / 2 ? TryCreate(type, shared, flags) : null;
            made ??= TryCreate(type, size, flags) ?? throw new GpuOutOfMemoryException(name, size, heap);
            blocks.Add(made);
            made.TryTake(size, alignment, out ulong first);
            UsedBytes += size;
            return new GpuAllocation(made, first, size);
        }
    }

    /// <summary>Takes back what <see cref="Allocate"/> gave.</summary>
    public void Free(in GpuAllocation allocation)
    {
        lock (gate)
        {
            UsedBytes -= allocation.Size;
            allocation.Block.Give(allocation.Offset, allocation.Size);
            if (allocation.Block.IsEmpty && blocks.Remove(allocation.Block))
                FreeMemory(allocation.Block.Handle);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (GpuMemoryBlock block in blocks)
                FreeMemory(block.Handle);
            blocks.Clear();
        }
    }

    // Null where the heap is full.
    private GpuMemoryBlock? TryCreate(int type, ulong size, MemoryPropertyFlags flags)
    {
        MemoryAllocateInfo info = new() { SType = StructureType.MemoryAllocateInfo, AllocationSize = size, MemoryTypeIndex = (uint)type };
        DeviceMemory memory;
        Result result = device.Api.AllocateMemory(device.Handle, &info, null, &memory);
        if (result is Result.ErrorOutOfDeviceMemory or Result.ErrorOutOfHostMemory)
            return null;
        GpuResult.Check(result, "vkAllocateMemory");
        device.Objects.Made(ObjectType.DeviceMemory);

        void* mapped = null;
        if ((flags & MemoryPropertyFlags.HostVisibleBit) != 0)
        {
            result = device.Api.MapMemory(device.Handle, memory, 0, Vk.WholeSize, 0, &mapped);
            if (result != Result.Success)
                FreeMemory(memory);
            GpuResult.Check(result, "vkMapMemory");
        }
        return new GpuMemoryBlock(memory, type, size, (nint)mapped, (flags & MemoryPropertyFlags.HostCoherentBit) != 0);
    }

    private void FreeMemory(DeviceMemory memory)
    {
        device.Api.FreeMemory(device.Handle, memory, null);
        device.Objects.Gone(ObjectType.DeviceMemory, memory.Handle);
    }
}
