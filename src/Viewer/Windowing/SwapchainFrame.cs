using Realtime.Filter.Gpu;
using Semaphore = Silk.NET.Vulkan.Semaphore;

namespace Realtime.Viewer.Windowing;

/// <summary>One of the frames in flight: its commands, and what tells them that their image is free.</summary>
internal sealed class SwapchainFrame : IDisposable
{
    private readonly GpuDevice device;

    public SwapchainFrame(GpuDevice device)
    {
        this.device = device;
        Commands = device.CreateCommands(device.Display);
        Acquired = Semaphores.Create(device, "image acquired");
    }

    public GpuCommands Commands { get; }

    public Semaphore Acquired { get; }

    /// <summary>The value of the display queue when its last submission is complete.</summary>
    public ulong Submitted { get; set; }

    public void Dispose()
    {
        Semaphores.Destroy(device, Acquired);
        Commands.Dispose();
    }
}
