using Silk.NET.Core;
using Silk.NET.Core.Attributes;
using Silk.NET.Core.Contexts;
using Silk.NET.Core.Native;

namespace Silk.NET.Vulkan;

/// <summary>The functions of Vulkan, from the system's loader library.</summary>
public unsafe partial class Vk(INativeContext ctx) : NativeAPI(ctx)
{
    private Instance? currentInstance;
    private Device? currentDevice;

    public Instance? CurrentInstance
    {
        get => currentInstance;
        set
        {
            currentInstance = value;
            PurgeEntryPoints();
        }
    }

    public Device? CurrentDevice
    {
        get => currentDevice;
        set
        {
            currentDevice = value;
            PurgeEntryPoints();
        }
    }

    public static Version32 Version10 => new(1, 0, 0);

    public static Version32 Version11 => new(1, 1, 0);

    public static Version32 Version12 => new(1, 2, 0);

    public static Version32 Version13 => new(1, 3, 0);

    public static Version32 MakeVersion(uint major, uint minor, uint patch = 0) => new(major, minor, patch);

    /// <exception cref="FileNotFoundException">The system has no Vulkan loader.</exception>
    public static Vk GetApi()
    {
        var context = new MultiNativeContext(new DefaultNativeContext(["libvulkan.so.1", "libvulkan.so"]), null);
        var vk = new Vk(context);
        context.Contexts[1] = new LamdaNativeContext(vk.Find);
        return vk;
    }

    /// <summary>The functions of an extension that the instance was created with; false where the system lacks the extension.</summary>
    public bool TryGetInstanceExtension<T>(Instance instance, out T ext, string? layer = null) where T : NativeExtension<Vk>
    {
        bool present = IsInstanceExtensionPresent(ExtensionAttribute.GetExtensionAttribute(typeof(T)).Name, layer);
        ext = present ? Create<T>(name => GetInstanceProcAddr(instance, name)) : null!;
        return present;
    }

    /// <summary>The functions of an extension that the device was created with; false where no device has the extension.</summary>
    public bool TryGetDeviceExtension<T>(Instance instance, Device device, out T ext, string? layer = null) where T : NativeExtension<Vk>
    {
        bool present = IsDeviceExtensionPresent(instance, ExtensionAttribute.GetExtensionAttribute(typeof(T)).Name, layer);
        ext = present ? Create<T>(name => GetDeviceProcAddr(device, name)) : null!;
        return present;
    }

    public bool IsInstanceExtensionPresent(string extension, string? layer = null)
    {
        nint name = SilkMarshal.StringToPtr(layer);
        try
        {
            uint count = 0;
            EnumerateInstanceExtensionProperties((byte*)name, &count, null);
            var properties = new ExtensionProperties[count];
            fixed (ExtensionProperties* first = properties) { EnumerateInstanceExtensionProperties((byte*)name, &count, first); }
            return Names(properties, extension);
        }
        finally { SilkMarshal.Free(name); }
    }

    public bool IsDeviceExtensionPresent(PhysicalDevice device, string extension, string? layer = null)
    {
        nint name = SilkMarshal.StringToPtr(layer);
        try
        {
            uint count = 0;
            EnumerateDeviceExtensionProperties(device, (byte*)name, &count, null);
            var properties = new ExtensionProperties[count];
            fixed (ExtensionProperties* first = properties) { EnumerateDeviceExtensionProperties(device, (byte*)name, &count, first); }
            return Names(properties, extension);
        }
        finally { SilkMarshal.Free(name); }
    }

    public bool IsDeviceExtensionPresent(Instance instance, string extension, string? layer = null) =>
        GetPhysicalDevices(instance).Any(device => IsDeviceExtensionPresent(device, extension, layer));

    public IReadOnlyCollection<PhysicalDevice> GetPhysicalDevices(Instance instance)
    {
        uint count = 0;
        EnumeratePhysicalDevices(instance, &count, null);
        var devices = new PhysicalDevice[count];
        fixed (PhysicalDevice* first = devices) { EnumeratePhysicalDevices(instance, &count, first); }
        return devices;
    }

    private static T Create<T>(Func<string, nint> find) => (T)Activator.CreateInstance(typeof(T), new LamdaNativeContext(find))!;

    private static bool Names(ExtensionProperties[] properties, string extension)
    {
        foreach (ExtensionProperties property in properties)
        {
            if (SilkMarshal.PtrToString((nint)property.ExtensionName) == extension) { return true; }
        }
        return false;
    }

    // What the loader does not export: asked of the current device, then of the current instance.
    private nint Find(string name)
    {
        if (name.EndsWith("ProcAddr", StringComparison.Ordinal)) { return 0; }
        nint found = currentDevice is { } device ? GetDeviceProcAddr(device, name) : 0;
        return found != 0 ? found : GetInstanceProcAddr(currentInstance.GetValueOrDefault(), name);
    }
}
