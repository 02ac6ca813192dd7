using Realtime.Filter.Gpu;
using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.KHR;

namespace Realtime.Viewer.Windowing;

/// <summary>The Vulkan surface of a window, made again when it is lost.</summary>
internal sealed unsafe class WindowSurface : IDisposable
{
    private readonly GpuDevice device;
    private readonly IPresentTarget target;
    private readonly KhrSurface api;

    public WindowSurface(GpuDevice device, IPresentTarget target, SurfaceKHR handle)
    {
        this.device = device;
        this.target = target;
        Handle = handle;
        if (!device.Presents || !device.Api.TryGetInstanceExtension(device.Instance.Handle, out api))
            throw new GpuUnavailableException($"'{device.Adapter.Name}' was not opened for a window");
    }

    public SurfaceKHR Handle { get; private set; }

    /// <summary>Size of the window; 0x0 while it cannot be seen.</summary>
    public Extent2D Extent => target.Extent;

    /// <summary>How images of it are to be.</summary>
    /// <returns>Success, or ErrorSurfaceLostKhr.</returns>
    public Result Choose(Extent2D wanted, PresentModeKHR mode, out SurfaceChoice choice) => SurfaceChoice.Make(api, device, Handle, wanted, mode, out choice);

    /// <summary>Makes it again; no images of it are left.</summary>
    public void Renew()
    {
        Dispose();
        Handle = target.CreateSurface(device.Instance);
        if (!device.Instance.CanPresent(device.Adapter.Index, Handle))
            throw new GpuUnavailableException($"'{device.Adapter.Name}' can no longer show pictures in this window");
    }

    public void Dispose()
    {
        api.DestroySurface(device.Instance.Handle, Handle, null);
        device.Objects.Gone(ObjectType.SurfaceKhr, Handle.Handle);
        Handle = default;
    }
}
