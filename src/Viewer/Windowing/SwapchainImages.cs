using Realtime.Filter.Gpu;
using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.KHR;
using Image = Silk.NET.Vulkan.Image;
using Semaphore = Silk.NET.Vulkan.Semaphore;

namespace Realtime.Viewer.Windowing;

/// <summary>The images of a surface as they are between two changes of its size.</summary>
internal sealed unsafe class SwapchainImages : IDisposable
{
    private readonly GpuDevice device;
    private readonly KhrSwapchain api;
    private readonly Image[] images;
    private readonly Semaphore[] drawn;

    private SwapchainImages(GpuDevice device, KhrSwapchain api, SwapchainKHR handle, in SurfaceChoice choice)
    {
        this.device = device;
        this.api = api;
        device.Objects.Made(ObjectType.SwapchainKhr);
        Handle = handle;
        Choice = choice;
        uint count = 0;
        GpuResult.Check(api.GetSwapchainImages(device.Handle, handle, &count, null), "vkGetSwapchainImagesKHR");
        images = new Image[count];
        fixed (Image* first = images)
            GpuResult.Check(api.GetSwapchainImages(device.Handle, handle, &count, first), "vkGetSwapchainImagesKHR");
        drawn = [.. images.Select(_ => Semaphores.Create(device, "image drawn"))];
    }

    public SwapchainKHR Handle { get; }

    public SurfaceChoice Choice { get; }

    /// <summary>Makes images; <paramref name="old"/> ones may still be on screen.</summary>
    /// <returns>Success, or ErrorSurfaceLostKhr or ErrorOutOfDateKhr with no images.</returns>
    public static Result Make(GpuDevice device, KhrSwapchain api, SurfaceKHR surface, in SurfaceChoice choice, SwapchainImages? old, out SwapchainImages? made)
    {
        SwapchainCreateInfoKHR info = new()
        {
            SType = StructureType.SwapchainCreateInfoKhr,
            Surface = surface,
            MinImageCount = choice.Images,
            ImageFormat = choice.Pixels.Format,
            ImageColorSpace = choice.Pixels.ColorSpace,
            ImageExtent = choice.Extent,
            ImageArrayLayers = 1,
            ImageUsage = ImageUsageFlags.TransferDstBit,
            ImageSharingMode = SharingMode.Exclusive,
            PreTransform = choice.Transform,
            CompositeAlpha = choice.Alpha,
            PresentMode = choice.Mode,
            Clipped = true,
            OldSwapchain = old?.Handle ?? default,
        };
        SwapchainKHR handle;
        Result result = device.Display.Shown(api.CreateSwapchain(device.Handle, &info, null, &handle), "vkCreateSwapchainKHR");
        made = result == Result.Success ? new SwapchainImages(device, api, handle, choice) : null;
        return result;
    }

    public Image this[uint index] => images[index];

    /// <summary>Signalled when an image is ready to be shown. One an image: a frame's would be reused while the screen still waits for it.</summary>
    public Semaphore Drawn(uint index) => drawn[index];

    /// <summary>Hands an image to the window.</summary>
    /// <returns>Success, or why the images have to be made again.</returns>
    public Result Present(uint index)
    {
        SwapchainKHR handle = Handle;
        Semaphore ready = drawn[index];
        PresentInfoKHR info = new()
        {
            SType = StructureType.PresentInfoKhr,
            WaitSemaphoreCount = 1,
            PWaitSemaphores = &ready,
            SwapchainCount = 1,
            PSwapchains = &handle,
            PImageIndices = &index,
        };
        return device.Display.Present(api, &info);
    }

    /// <summary>Destroys them; the display queue must be idle.</summary>
    public void Dispose()
    {
        foreach (Semaphore semaphore in drawn)
            Semaphores.Destroy(device, semaphore);
        api.DestroySwapchain(device.Handle, Handle, null);
        device.Objects.Gone(ObjectType.SwapchainKhr, Handle.Handle);
    }
}
