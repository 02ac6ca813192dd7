using Realtime.Filter.Gpu;
using Realtime.Viewer.Windowing;
using Silk.NET.Vulkan;

namespace Realtime.Viewer.Tests.Windowing;

/// <summary>A window whose size a test may lie about.</summary>
internal sealed class FakeExtent(ViewerWindow window) : IPresentTarget
{
    /// <summary>The lie; null for the truth.</summary>
    public Extent2D? Pretended { get; set; }

    public Extent2D Extent => Pretended ?? window.Extent;

    public int Surfaces { get; private set; }

    public SurfaceKHR CreateSurface(GpuInstance instance)
    {
        Surfaces++;
        return window.CreateSurface(instance);
    }
}
