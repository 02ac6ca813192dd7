using System.Diagnostics;
using System.Runtime.InteropServices;
using Realtime.Filter.Errors;
using Realtime.Filter.Gpu;
using Realtime.Viewer.Windowing;
using Silk.NET.Vulkan;

namespace Realtime.Viewer.Tests.Windowing;

/// <summary>A window on the tests' screen with a device for it, and the validation layer watching: a test that it complains about fails.</summary>
[Collection(OnScreen.Name)]
public abstract class WindowTest : IDisposable
{
    protected const string Title = "tests of Realtime";
    protected const int Width = 320;
    protected const int Height = 240;

    private readonly string cacheFolder = Directory.CreateTempSubdirectory("realtime-window-").FullName;
    private readonly GpuInstance instance;

    protected WindowTest(Screen screen)
    {
        ArgumentNullException.ThrowIfNull(screen);
        Skip.If(screen.Missing is not null, screen.Missing);
        try
        {
            Window = ViewerWindow.Open(Title, Width, Height);
            instance = GpuInstance.Create(validation: true, Window.RequiredExtensions);
        }
        catch (Exception missing) when (missing is UserErrorException or GpuUnavailableException)
        {
            Window?.Dispose();
            throw new SkipException(missing.Message);
        }

        Target = new FakeExtent(Window);
        SurfaceKHR surface = Target.CreateSurface(instance);
        Assert.True(instance.CanPresent(0, surface));
        Device = instance.Open(0, cacheFolder, null, surface);
        Swapchain = new Swapchain(Device, Target, surface);
        X = new XClient(screen.Name);
        XWindow = X.Find(Title);
        Window.Pump();
    }

    internal ViewerWindow Window { get; }

    internal FakeExtent Target { get; }

    internal GpuDevice Device { get; }

    internal Swapchain Swapchain { get; }

    internal XClient X { get; }

    internal nint XWindow { get; }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        X.Dispose();
        Swapchain.Dispose();
        Device.Dispose();
        string[] messages = [.. instance.ValidationMessages];
        instance.Dispose();
        Window.Dispose();
        Directory.Delete(cacheFolder, recursive: true);
        Assert.Empty(messages);
        Assert.Empty(instance.Objects.Alive);
    }

    /// <summary>A buffer of one colour, 0xRRGGBB, in the window's order of channels.</summary>
    internal GpuBuffer Colour(int width, int height, int rgb)
    {
        GpuBuffer buffer = Device.CreateBuffer("picture", (ulong)(width * height * 4), GpuMemory.Upload);
        int swapped = ((rgb & 0xFF) << 16) | (rgb & 0xFF00) | (rgb >> 16);
        MemoryMarshal.Cast<byte, int>(buffer.Mapped).Fill((Swapchain.IsBgra ? rgb : swapped) | (0xFF << 24));
        return buffer;
    }

    internal bool Present(GpuBuffer pixels, int width, int height) => Swapchain.Present(pixels, (uint)width, (uint)height);

    /// <summary>Hands out events until something has come true; X takes its time.</summary>
    internal void PumpUntil(Func<bool> isTrue)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isTrue())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), "waited in vain");
            Window.Pump();
            Thread.Yield();
        }
    }
}
