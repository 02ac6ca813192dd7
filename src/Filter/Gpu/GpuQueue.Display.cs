using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.KHR;

namespace Realtime.Filter.Gpu;

/// <content>What a swapchain asks of a queue.</content>
public sealed unsafe partial class GpuQueue
{
    /// <summary>Hands an image to the window.</summary>
    /// <returns>Success, or why the swapchain has to be made again.</returns>
    /// <exception cref="GpuDeviceLostException">The device was lost.</exception>
    internal Result Present(KhrSwapchain swapchain, PresentInfoKHR* info)
    {
        Result result;
        lock (gate)
            result = swapchain.QueuePresent(Handle, info);
        return Shown(result, "vkQueuePresentKHR");
    }

    /// <summary>Waits until the queue is idle, and nothing that was handed to a window is in use any more.</summary>
    /// <exception cref="GpuDeviceLostException">The device was lost.</exception>
    internal void WaitIdle()
    {
        Result result;
        lock (gate)
            result = device.Api.QueueWaitIdle(Handle);
        Check(result, "vkQueueWaitIdle");
    }

    /// <summary>Lets pass what can happen to any window, and throws for the rest.</summary>
    /// <exception cref="GpuDeviceLostException">The device was lost.</exception>
    internal Result Shown(Result result, string what)
    {
        if (result is not (Result.ErrorOutOfDateKhr or Result.ErrorSurfaceLostKhr))
            Check(result, what);
        return result;
    }
}
