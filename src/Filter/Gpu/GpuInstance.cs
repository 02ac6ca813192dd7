using Realtime.Filter.Devices;
using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.EXT;

namespace Realtime.Filter.Gpu;

/// <summary>Vulkan on this machine: its adapters, and the devices opened from them.</summary>
public sealed unsafe class GpuInstance : IDisposable
{
    private readonly GpuMessenger? messenger;
    private readonly List<GpuPhysicalDevice> devices;
    private readonly List<GpuDevice> opened = [];
    private bool disposed;

    private GpuInstance(Vk api, Instance handle, ExtDebugUtils? utils, bool validation)
    {
        Api = api;
        Handle = handle;
        Objects.Made(ObjectType.Instance);
        Debug = new GpuDebug(utils);
        devices = GpuProbe.Devices(api, handle);
        Adapters = [.. devices.Select(device => device.Adapter)];
        if (!validation)
            return;
        messenger = new GpuMessenger(utils!, handle);
        Objects.Made(ObjectType.DebugUtilsMessengerExt);
    }

    /// <summary>The Vulkan instance.</summary>
    public Instance Handle { get; }

    /// <summary>The usable devices: discrete ones first, then integrated, virtual, CPU, others. At least one.</summary>
    public IReadOnlyList<GpuAdapter> Adapters { get; }

    /// <summary>Warnings and errors of the validation layer so far, oldest first; empty without validation. Safe on any thread.</summary>
    public IReadOnlyList<string> ValidationMessages => messenger?.Messages ?? [];

    internal Vk Api { get; }

    internal GpuDebug Debug { get; }

    /// <summary>What exists of it, for tests; all of it is destroyed with the instance.</summary>
    internal GpuObjects Objects { get; } = new();

    // Of the instance, so that a device opened in place of a lost one can be lost too.
    internal GpuFaults Faults { get; } = new();

    /// <summary>Loads Vulkan and looks for devices with Vulkan 1.2, a compute queue and timeline semaphores.</summary>
    /// <param name="validation">Whether the validation layer checks every call and every barrier, at a price; for tests and development.</param>
    /// <param name="extensions">Instance extensions to enable, such as those that a window needs.</param>
    /// <exception cref="GpuUnavailableException">No loader, no driver, no usable device, no such extension, or no validation layer where asked for.</exception>
    public static GpuInstance Create(bool validation = false, IReadOnlyList<string>? extensions = null)
    {
        Vk api = GpuLoader.Load();
        Instance handle = default;
        try
        {
            handle = GpuLoader.CreateInstance(api, validation, extensions ?? [], out ExtDebugUtils? utils);
            return new GpuInstance(api, handle, utils, validation);
        }
        catch
        {
            if (handle.Handle != 0)
                api.DestroyInstance(handle, null);
            api.Dispose();
            throw;
        }
    }

    /// <summary>Opens an adapter.</summary>
    /// <param name="index">Index in <see cref="Adapters"/>.</param>
    /// <param name="log">Told what deserves attention, such as a damaged pipeline cache.</param>
    /// <param name="surface">A surface of this instance, from a window: <see cref="GpuDevice.Display"/> shows pictures on it. Or none.</param>
    /// <exception cref="GpuUnavailableException">There is no such adapter, or it cannot show pictures on the surface.</exception>
    /// <exception cref="GpuException">The driver refused.</exception>
    public GpuDevice OpenDevice(int index, Action<string>? log = null, SurfaceKHR surface = default) =>
        Open(index, UserCache.Folder("pipelines"), log, surface);

    /// <summary>Whether an adapter can show pictures on a surface.</summary>
    /// <param name="index">Index in <see cref="Adapters"/>.</param>
    /// <param name="surface">A surface of this instance.</param>
    public bool CanPresent(int index, SurfaceKHR surface) => GpuSurfaces.Presenting(this, devices[index], surface) is not null;

    /// <summary>Closes every device that is still open, then Vulkan.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        foreach (GpuDevice device in OpenNow())
            device.Dispose();
        if (messenger is not null)
        {
            messenger.Dispose();
            Objects.Gone(ObjectType.DebugUtilsMessengerExt, 1);
        }

        Api.DestroyInstance(Handle, null);
        Objects.Gone(ObjectType.Instance, (ulong)Handle.Handle);
        Api.Dispose();
    }

    internal GpuDevice Open(int index, string cacheFolder, Action<string>? log, SurfaceKHR surface = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (index < 0 || index >= devices.Count)
            throw new GpuUnavailableException($"there is no Vulkan device {index}; available: {string.Join("; ", Adapters)}");
        GpuPhysicalDevice physical = devices[index];
        if (surface.Handle != 0)
            physical = GpuSurfaces.Presenting(this, physical, surface) ?? throw new GpuUnavailableException($"Vulkan device {Adapters[index]} cannot show pictures in this window");
        GpuDevice device = new(this, physical, cacheFolder, log);
        lock (opened)
            opened.Add(device);
        return device;
    }

    internal void Forget(GpuDevice device)
    {
        lock (opened)
            opened.Remove(device);
    }

    private GpuDevice[] OpenNow()
    {
        lock (opened)
            return [.. opened];
    }
}
