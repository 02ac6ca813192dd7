using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>An adapter with what the GPU layer needs to open it.</summary>
internal sealed record GpuPhysicalDevice
{
    public required PhysicalDevice Handle { get; init; }

    public required GpuAdapter Adapter { get; init; }

    public required PhysicalDeviceLimits Limits { get; init; }

    public required PhysicalDeviceMemoryProperties Memory { get; init; }

    public required IReadOnlyList<GpuQueueFamily> Families { get; init; }

    public required GpuQueueFamily Compute { get; init; }

    /// <summary>A family for copies alone, or the same as <see cref="Compute"/>.</summary>
    public required GpuQueueFamily Transfer { get; init; }

    /// <summary>Whether <see cref="Compute"/> shows pictures in a window.</summary>
    public bool Presents { get; init; }

    public required uint VendorId { get; init; }

    public required uint DeviceId { get; init; }

    public required uint DriverVersion { get; init; }

    public required bool HasSubgroupExtendedTypes { get; init; }
}
