using System.Numerics;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>Chooses the memory type of a device that suits a use best.</summary>
internal static class GpuMemoryTypes
{
    private const MemoryPropertyFlags Known = MemoryPropertyFlags.DeviceLocalBit | MemoryPropertyFlags.HostVisibleBit
        | MemoryPropertyFlags.HostCoherentBit | MemoryPropertyFlags.HostCachedBit;

    /// <summary>Index of the best type for <paramref name="use"/> among <paramref name="allowed"/>.</summary>
    /// <param name="memory">The types of the device.</param>
    /// <param name="allowed">Bit i allows type i.</param>
    /// <param name="use">What the memory is for.</param>
    /// <exception cref="GpuException">None suits.</exception>
    public static int Choose(in PhysicalDeviceMemoryProperties memory, uint allowed, GpuMemory use)
    {
        PhysicalDeviceMemoryProperties types = memory;
        int best = -1;
        int bestScore = int.MinValue;
        for (uint left = allowed; left != 0; left &= left - 1)
        {
            int index = BitOperations.TrailingZeroCount(left);
            MemoryPropertyFlags flags = types.MemoryTypes[index].PropertyFlags;
            // Others need features that are not enabled (protected, device coherent) or hold no buffers (lazily allocated).
            if (index >= types.MemoryTypeCount || (flags & ~Known) != 0 || (flags & Required(use)) != Required(use))
                continue;
            int score = Score(flags, use);
            if (score > bestScore)
                (best, bestScore) = (index, score);
        }
        return best >= 0 ? best : throw new GpuException($"the device has no memory type for {use}");
    }

    private static MemoryPropertyFlags Required(GpuMemory use) => use switch
    {
        GpuMemory.Upload => MemoryPropertyFlags.HostVisibleBit | MemoryPropertyFlags.HostCoherentBit,
        GpuMemory.Readback => MemoryPropertyFlags.HostVisibleBit,
        _ => MemoryPropertyFlags.DeviceLocalBit,
    };

    // Mapped device memory is often a window of 256 MiB: kept free for whoever needs it.
    private static int Score(MemoryPropertyFlags flags, GpuMemory use)
    {
        int deviceLocal = flags.HasFlag(MemoryPropertyFlags.DeviceLocalBit) ? 1 : 0;
        int cached = flags.HasFlag(MemoryPropertyFlags.HostCachedBit) ? 1 : 0;
        int coherent = flags.HasFlag(MemoryPropertyFlags.HostCoherentBit) ? 1 : 0;
        int visible = flags.HasFlag(MemoryPropertyFlags.HostVisibleBit) ? 1 : 0;
        return use switch
        {
            GpuMemory.Upload => (-2 * deviceLocal) - cached,
            GpuMemory.Readback => (4 * cached) - (2 * deviceLocal) + coherent,
            _ => -visible,
        };
    }
}
