using Realtime.Filter.Gpu;
using Silk.NET.Vulkan;

namespace Realtime.Viewer.Windowing;

/// <summary>What a <see cref="Swapchain"/> shows its pictures on.</summary>
public interface IPresentTarget
{
    /// <summary>Its size in pixels; 0x0 while it is minimised or has no area. Safe on any thread.</summary>
    Extent2D Extent { get; }

    /// <summary>Makes a surface of it; whoever asks destroys it.</summary>
    SurfaceKHR CreateSurface(GpuInstance instance);
}
