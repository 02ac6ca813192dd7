using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Viewer.Live;
using Realtime.Viewer.Windowing;
using Silk.NET.Input;
using Silk.NET.Vulkan;

namespace Realtime.Viewer.App;

/// <summary>
/// An open window with everything behind it, painted turn by turn on the thread that opened it. Painting takes the newest frame and waits
/// for nothing else. A lost device is opened again; the stream goes on meanwhile.
/// </summary>
internal sealed class WindowSession : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(16);      // from picture to picture where no frame comes

    private readonly ViewSettings settings;
    private readonly ViewerWindow window;
    private readonly TitleBar title;
    private GpuDevice? device;
    private Swapchain? swapchain;

    /// <summary>Opens the window and starts the stream.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="validation">Whether Vulkan's validation layer watches, for tests.</param>
    /// <exception cref="UserErrorException">No display, no Vulkan, or a source or model that cannot be opened.</exception>
    public WindowSession(ViewSettings settings, bool validation = false)
    {
        this.settings = settings;
        window = ViewerWindow.Open("Realtime", settings.Size.Width, settings.Size.Height);
        try
        {
            Instance = ViewerVulkan.Open(window, validation);
            OpenDevice();
            Engine = LowPriority.Make(() => ViewEngine.Open(settings, isLive: true, Shareable));
            Actions = new ViewActions(settings, Engine);
            Painter = new WindowPainter(device, swapchain, Engine, Actions);
            Mouse = new MouseControl(window, Actions, settings.State, () => Painter.Panes);
            title = new TitleBar(settings.State);
        }
        catch
        {
            Dispose();
            throw;
        }

        window.Keyboard.KeyDown += (_, _, _) => Actions.Answers.Asked();
        window.Mouse.MouseDown += (_, _) => Actions.Answers.Asked();
        window.Mouse.Scroll += (_, _) => Actions.Answers.Asked();
        window.Keyboard.KeyDown += (keys, key, _) => KeyMap.Press(key, keys.IsKeyPressed(Key.ShiftLeft) || keys.IsKeyPressed(Key.ShiftRight), Actions);
    }

    /// <summary>Vulkan, for its validation messages.</summary>
    public GpuInstance Instance { get; } = null!;

    /// <summary>What runs behind the window.</summary>
    public LiveEngine Engine { get; } = null!;

    /// <summary>What keys and mouse ask for.</summary>
    public ViewActions Actions { get; } = null!;

    /// <summary>Who draws.</summary>
    public WindowPainter Painter { get; } = null!;

    /// <summary>The window.</summary>
    public ViewerWindow Window => window;

    /// <summary>Size of what the window shows; behind that of the window until the next picture.</summary>
    public Extent2D Shown => swapchain!.Extent;

    /// <summary>How often the device was lost and opened again.</summary>
    public int Losses { get; private set; }

    /// <summary>Whether the user has closed the window or asked to quit.</summary>
    public bool IsOver => window.IsClosing || Actions.IsQuitting;

    // Where the window has no queue of its own it would wait behind the purifier.
    private GpuDevice? Shareable => settings.SharesDevice ?? device!.Display != device.Compute ? device : null;

    private MouseControl Mouse { get; } = null!;

    /// <summary>Hands out what keys and mouse did, paints once, and waits for what is left of a tick where there was nothing new to show.</summary>
    /// <exception cref="GpuDeviceLostException">The device was lost again before it had shown anything.</exception>
    public void Turn()
    {
        window.Pump();
        if (window.IsFullscreen != Actions.IsFullscreen)
            window.IsFullscreen = Actions.IsFullscreen;
        Actions.TellFailures();
        if (title.HasChanged)
            window.Title = title.Text;
        long begin = Stopwatch.GetTimestamp();
        bool isShown = Paint();
        TimeSpan left = Tick - Stopwatch.GetElapsedTime(begin);
        if ((!isShown || !Painter.HasNews) && left > TimeSpan.Zero)
            Engine.WaitForFrame(left);
    }

    /// <summary>Stops the stream and closes the window.</summary>
    public void Dispose()
    {
        Actions?.Dispose();
        swapchain?.Dispose();       // waits until nobody reads the painter's pictures any more
        Painter?.Dispose();
        Engine?.Dispose();
        device?.Dispose();
        Instance?.Dispose();
        window.Dispose();
    }

    private bool Paint()
    {
        try
        {
            return Painter.Paint(window.Extent);
        }
        catch (GpuDeviceLostException lost) when (Painter.HasShown)
        {
            Losses++;
            swapchain!.Dispose();
            Painter.LetGo();
            device!.Dispose();
            OpenDevice();
            Painter.Use(device, swapchain);
            Engine.Pictures.Device = Shareable;
            Actions.Note($"{lost.DeviceName} was lost and is opened again", 6);
            return false;
        }
    }

    [MemberNotNull(nameof(device), nameof(swapchain))]
    private void OpenDevice()
    {
        SurfaceKHR surface = window.CreateSurface(Instance);
        device = Instance.OpenDevice(Presenting(surface), surface: surface);
        swapchain = new Swapchain(device, window, surface);
    }

    private int Presenting(SurfaceKHR surface)
    {
        for (int i = 0; i < Instance.Adapters.Count; i++)
        {
            if (Instance.CanPresent(i, surface))
                return i;
        }

        throw new UserErrorException(ExitCode.DeviceUnavailable, "no Vulkan device can show pictures in this window; --headless draws without one.");
    }
}
