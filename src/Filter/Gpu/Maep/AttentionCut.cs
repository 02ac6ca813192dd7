using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu.Maep;

/// <summary>How attention.comp shares 64 queries among the threads of a workgroup.</summary>
internal static class AttentionCut
{
    /// <summary>Queries of a workgroup.</summary>
    public const uint Queries = 64;

    /// <summary>Threads, and queries of each. On a software device a load from shared memory costs more than the products made of it.</summary>
    public static uint[] For(GpuDevice device) => device.Adapter.Type == PhysicalDeviceType.Cpu ? [16, 4] : [64, 1];
}
