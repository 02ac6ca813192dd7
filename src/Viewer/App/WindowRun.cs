using System.Diagnostics;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;
using Realtime.Filter.Video;
using Realtime.Viewer.Live;
using Realtime.Viewer.Windowing;
using Silk.NET.Vulkan;

namespace Realtime.Viewer.App;

/// <summary><c>view</c>: opens the window and draws until it closes. Drawing takes the newest frame and waits for nothing else.</summary>
internal sealed class WindowRun(ViewSettings settings)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(16);      // from picture to picture where no frame comes

    /// <summary>Runs until the window closes.</summary>
    public ExitCode Execute(CancellationToken cancellation)
    {
        using ViewerWindow window = ViewerWindow.Open("Realtime", settings.Size.Width, settings.Size.Height);
        using GpuInstance instance = ViewerVulkan.Open(window);
        SurfaceKHR surface = window.CreateSurface(instance);
        using GpuDevice device = instance.OpenDevice(Presenting(instance, surface), surface: surface);
        using Swapchain swapchain = new(device, window, surface);
        using LiveEngine engine = new(
            settings.State,
            () => FrameSources.Open(settings.Input),
            PurifierFactory.Open(ModelCatalog.Resolve(settings.Model), settings.Device, settings.Precision),
            settings.Overlap,
            isLive: true);
        ViewActions actions = new(settings, engine);
        using WindowPainter painter = new(device, swapchain, engine, actions);
        MouseControl mouse = new(window, actions, settings.State, () => painter.Panes);
        window.Keyboard.KeyDown += (_, key, _) => KeyMap.Press(key, actions);

        string title = "";
        while (!window.IsClosing && !actions.IsQuitting && painter.FramesShown < settings.Frames)
        {
            cancellation.ThrowIfCancellationRequested();
            window.Pump();
            if (window.IsFullscreen != actions.IsFullscreen)
                window.IsFullscreen = actions.IsFullscreen;
            if (actions.Title() is string wanted && wanted != title)
                window.Title = title = wanted;
            long begin = Stopwatch.GetTimestamp();
            bool isShown = painter.Paint(window.Extent);
            TimeSpan left = Tick - Stopwatch.GetElapsedTime(begin);
            if ((!isShown || !painter.HasNews) && left > TimeSpan.Zero)
                engine.WaitForFrame(left);
        }

        GC.KeepAlive(mouse);
        return ExitCode.Ok;
    }

    private static int Presenting(GpuInstance instance, SurfaceKHR surface)
    {
        for (int i = 0; i < instance.Adapters.Count; i++)
        {
            if (instance.CanPresent(i, surface))
                return i;
        }

        throw new UserErrorException(ExitCode.DeviceUnavailable, "no Vulkan device can show pictures in this window; --headless draws without one.");
    }
}
