using System.Runtime.InteropServices;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Silk.NET.Core.Contexts;
using Silk.NET.Core.Native;
using Silk.NET.Input;
using Silk.NET.Maths;
using Silk.NET.Vulkan;
using Silk.NET.Windowing;

namespace Realtime.Viewer.Windowing;

/// <summary>A window with its keyboard and mouse. Everything but <see cref="Extent"/> and <see cref="Wake"/> belongs to the thread that opened it.</summary>
public sealed unsafe class ViewerWindow : IPresentTarget, IDisposable
{
    private readonly IWindow window;
    private readonly IInputContext input;
    private ulong extent;
    private bool disposed;

    private ViewerWindow(IWindow window)
    {
        this.window = window;
        input = window.CreateInput();
        Keyboard = input.Keyboards[0];
        Mouse = input.Mice[0];
        window.FramebufferResize += _ => Measure();
        Measure();
    }

    /// <summary>The window itself, for its events.</summary>
    public IWindow Window => window;

    /// <summary>Its keyboard.</summary>
    public IKeyboard Keyboard { get; }

    /// <summary>Its mouse; positions are in <see cref="PixelScale"/>ths of a pixel.</summary>
    public IMouse Mouse { get; }

    /// <summary>Whether its user wants it closed.</summary>
    public bool IsClosing => window.IsClosing;

    /// <summary>Whether it is out of sight, as an icon.</summary>
    public bool IsMinimised => window.WindowState == WindowState.Minimized;

    /// <inheritdoc/>
    /// <remarks>As the last <see cref="Pump"/> found it.</remarks>
    public Extent2D Extent
    {
        get
        {
            ulong both = Volatile.Read(ref extent);
            return new Extent2D((uint)both, (uint)(both >> 32));
        }
    }

    /// <summary>Pixels a unit of the mouse's position: above 1 on some screens of high density.</summary>
    public float PixelScale => window.Size.X > 0 ? (float)window.FramebufferSize.X / window.Size.X : 1;

    /// <summary>The text of its title bar.</summary>
    public string Title
    {
        get => window.Title;
        set => window.Title = value;
    }

    /// <summary>Whether it fills the screen.</summary>
    public bool IsFullscreen
    {
        get => window.WindowState == WindowState.Fullscreen;
        set => window.WindowState = value ? WindowState.Fullscreen : WindowState.Normal;
    }

    /// <summary>The instance extensions that <see cref="CreateSurface"/> needs, for <see cref="GpuInstance.Create"/>.</summary>
    public IReadOnlyList<string> RequiredExtensions
    {
        get
        {
            byte** names = Surfaces.GetRequiredExtensions(out uint count);
            string[] texts = new string[count];
            for (int index = 0; index < count; index++)
                texts[index] = Marshal.PtrToStringUTF8((nint)names[index])!;
            return texts;
        }
    }

    private IVkSurface Surfaces => window.VkSurface ?? throw new GpuUnavailableException("this window system shows no Vulkan pictures");

    /// <summary>Opens a window.</summary>
    /// <param name="title">The text of its title bar.</param>
    /// <param name="width">Its width, in screen coordinates.</param>
    /// <param name="height">Its height, in screen coordinates.</param>
    /// <param name="isVisible">Whether it is shown.</param>
    /// <exception cref="UserErrorException">No display, or no window library (<see cref="ExitCode.DeviceUnavailable"/>).</exception>
    public static ViewerWindow Open(string title, int width, int height, bool isVisible = true)
    {
        WindowOptions options = WindowOptions.DefaultVulkan;
        options.Title = title;
        options.Size = new Vector2D<int>(width, height);
        options.IsVisible = isVisible;
        IWindow? window = null;
        try
        {
            window = Silk.NET.Windowing.Window.Create(options);
            window.Initialize();
            return new ViewerWindow(window);
        }
        catch (Exception error)
        {
            window?.Dispose();
            throw Refusal(error);
        }
    }

    /// <summary>Hands out the events that came since the last time; where <see cref="IViewProperties.IsEventDriven"/> is set, waits for one first.</summary>
    public void Pump()
    {
        window.DoEvents();
        Measure();
    }

    /// <summary>Ends the wait of <see cref="Pump"/>; safe on any thread.</summary>
    public void Wake() => window.ContinueEvents();

    /// <inheritdoc/>
    public SurfaceKHR CreateSurface(GpuInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ulong handle = Surfaces.Create<AllocationCallbacks>(new VkHandle(instance.Handle.Handle), null).Handle;
        instance.Objects.Made(ObjectType.SurfaceKhr);
        return new SurfaceKHR(handle);
    }

    /// <summary>Closes it; its surfaces must be gone.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        input.Dispose();
        window.Dispose();
    }

    /// <summary>What to tell when no window opened.</summary>
    internal static UserErrorException Refusal(Exception error)
    {
        bool hasDisplay = new[] { "DISPLAY", "WAYLAND_DISPLAY" }.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
        string reason = hasDisplay ? error.Message.TrimEnd('.') : "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)";
        return new UserErrorException(ExitCode.DeviceUnavailable, $"no window can be opened: {reason}", error);
    }

    private void Measure()
    {
        Vector2D<int> size = IsMinimised ? default : window.FramebufferSize;
        Volatile.Write(ref extent, (uint)size.X | ((ulong)(uint)size.Y << 32));
    }
}
