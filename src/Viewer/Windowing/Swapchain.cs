using Realtime.Filter.Gpu;
using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.KHR;

namespace Realtime.Viewer.Windowing;

/// <summary>
/// Shows pictures of a device in a window. A resize, a minimised window or a lost surface are normal states: images are made again until
/// they are steady, and where nothing can be seen nothing is shown. Presenting allocates nothing. For one thread at a time.
/// </summary>
public sealed unsafe class Swapchain : IDisposable
{
    private const int FramesInFlight = 2;
    private const int Attempts = 8;

    // Where the screen holds every image, such as under another window, the caller shall not hang.
    private const ulong AcquireNanoseconds = 20_000_000;

    private readonly GpuDevice device;
    private readonly KhrSwapchain api;
    private readonly WindowSurface surface;
    private readonly SwapchainFrame[] frames = new SwapchainFrame[FramesInFlight];
    private SwapchainImages? images;
    private Extent2D builtFor;
    private PresentModeKHR builtMode;
    private bool isOutOfDate;
    private int next;
    private bool disposed;

    /// <summary>Makes a swapchain; its images come with the first <see cref="Present"/>.</summary>
    /// <param name="device">A device that was opened for <paramref name="surface"/>.</param>
    /// <param name="target">The window.</param>
    /// <param name="surface">A surface of the window, owned by the swapchain from now on.</param>
    public Swapchain(GpuDevice device, IPresentTarget target, SurfaceKHR surface)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(target);
        this.device = device;
        this.surface = new WindowSurface(device, target, surface);
        if (!device.Api.TryGetDeviceExtension(device.Instance.Handle, device.Handle, out api))
            throw new GpuUnavailableException($"'{device.Adapter.Name}' has no {KhrSwapchain.ExtensionName}");
        for (int index = 0; index < FramesInFlight; index++)
            frames[index] = new SwapchainFrame(device);
        device.Own(this);
    }

    /// <summary>How images follow one another: mailbox (the newest wins) for live pictures, FIFO (each is seen) for review. What the window lacks becomes FIFO.</summary>
    public PresentModeKHR PresentMode { get; set; } = PresentModeKHR.MailboxKhr;

    /// <summary>Whether pixels are blue, green, red, alpha; otherwise red, green, blue, alpha. Asks the window where it has no images yet.</summary>
    public bool IsBgra => (images?.Choice ?? Choose()).Pixels.Format == Format.B8G8R8A8Unorm;

    /// <summary>Size of the images; 0x0 before the first.</summary>
    public Extent2D Extent => images?.Choice.Extent ?? default;

    /// <summary>The present mode in use.</summary>
    public PresentModeKHR UsedPresentMode => images?.Choice.Mode ?? PresentMode;

    /// <summary>What to wait for before the pixels of the last <see cref="Present"/> may be overwritten.</summary>
    public GpuWait LastRead { get; private set; }

    /// <summary>How often the images were made.</summary>
    public int Builds { get; private set; }

    /// <summary>What the next image asked for brings instead, for tests.</summary>
    internal Result? Fault { get; set; }

    /// <summary>Shows a picture; where it is larger than the window its right and lower parts are not seen, where it is smaller the rest is black.</summary>
    /// <param name="pixels">Four bytes a pixel, in the order that <see cref="IsBgra"/> tells, row after row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Number of rows.</param>
    /// <param name="after">What has to be complete before the pixels are read, if anything.</param>
    /// <returns>Whether the picture is on its way to the screen; false while the window is minimised, has no area or has no image free.</returns>
    /// <exception cref="GpuDeviceLostException">The device was lost.</exception>
    public bool Present(GpuBuffer pixels, uint width, uint height, GpuWait after = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentNullException.ThrowIfNull(pixels);
        if (width == 0 || height == 0 || 4ul * width * height > pixels.Size)
            throw new ArgumentException($"{width}x{height} pixels are not in the {pixels.Size} bytes of '{pixels.Name}'", nameof(pixels));
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Result result = TryPresent(pixels, new Extent2D(width, height), after);
            if (result is Result.Success or Result.SuboptimalKhr)
                return true;
            if (result is Result.NotReady or Result.Timeout)
                return false;
            if (result == Result.ErrorSurfaceLostKhr)
                Renew();
        }

        return false;
    }

    /// <summary>Waits for the screen and destroys the images and the surface.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        device.Disown(this);
        try
        {
            device.Display.WaitIdle();
        }
        catch (GpuDeviceLostException)
        {
            // Then nothing is in use any more.
        }

        images?.Dispose();
        foreach (SwapchainFrame frame in frames)
            frame.Dispose();
        surface.Dispose();
    }

    private Result TryPresent(GpuBuffer pixels, Extent2D size, GpuWait after)
    {
        Extent2D extent = surface.Extent;
        if (extent.Width == 0 || extent.Height == 0)
            return Result.NotReady;
        bool isCurrent = images is not null && builtMode == PresentMode && builtFor.Width == extent.Width && builtFor.Height == extent.Height;
        if (!isCurrent && Build(extent) is var built && built != Result.Success)
            return built;

        SwapchainFrame frame = frames[next];
        device.Display.Wait(frame.Submitted, Timeout.InfiniteTimeSpan, CancellationToken.None);
        uint index;
        Result result = Acquire(frame, &index);
        if (result is not (Result.Success or Result.SuboptimalKhr))
            return Outdated(result);

        ImageCopy.Record(device, frame.Commands, pixels, size, images![index], images.Choice.Extent);
        ReadOnlySpan<GpuWait> waits = after.Queue is null ? default : new ReadOnlySpan<GpuWait>(in after);
        frame.Submitted = device.Display.SubmitImage(frame.Commands, waits, frame.Acquired, images.Drawn(index));
        LastRead = new GpuWait(device.Display, frame.Submitted);
        next = (next + 1) % FramesInFlight;
        Result shown = Outdated(images.Present(index));
        return shown == Result.Success ? Outdated(result) : shown;
    }

    private Result Acquire(SwapchainFrame frame, uint* index)
    {
        if (Fault is { } fault)
        {
            Fault = null;
            return fault;
        }

        return device.Display.Shown(
            api.AcquireNextImage(device.Handle, images!.Handle, AcquireNanoseconds, frame.Acquired, default, index), "vkAcquireNextImageKHR");
    }

    // Images that may no longer fit are looked at, those that no longer work are made again before the next picture.
    private Result Outdated(Result result)
    {
        if (result is Result.SuboptimalKhr or Result.ErrorOutOfDateKhr or Result.ErrorSurfaceLostKhr)
            builtFor = default;
        isOutOfDate |= result == Result.ErrorOutOfDateKhr;
        return result;
    }

    private Result Build(Extent2D extent)
    {
        Result result = surface.Choose(extent, PresentMode, out SurfaceChoice choice);
        if (result != Result.Success)
            return result;
        if (choice.Extent.Width == 0 || choice.Extent.Height == 0)
            return Result.NotReady;
        if (isOutOfDate || images?.Choice != choice)
        {
            device.Display.WaitIdle();
            SwapchainImages? old = images;
            result = SwapchainImages.Make(device, api, surface.Handle, choice, old, out images);
            old?.Dispose();
            if (result != Result.Success)
                return result;
            Builds++;
        }

        (builtFor, builtMode, isOutOfDate) = (extent, PresentMode, false);
        return Result.Success;
    }

    private void Renew()
    {
        device.Display.WaitIdle();
        images?.Dispose();
        images = null;
        surface.Renew();
    }

    private SurfaceChoice Choose()
    {
        Result result = surface.Choose(surface.Extent, PresentMode, out SurfaceChoice choice);
        GpuResult.Check(result, "asking the window for its format");
        return choice;
    }
}
