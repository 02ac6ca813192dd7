using Realtime.Filter.Gpu;
using Silk.NET.Vulkan;
using Image = Silk.NET.Vulkan.Image;

namespace Realtime.Viewer.Windowing;

/// <summary>Records how pixels of a buffer get into an image of a window.</summary>
internal static unsafe class ImageCopy
{
    private static readonly ImageSubresourceRange Whole = new(ImageAspectFlags.ColorBit, 0, 1, 0, 1);

    /// <summary>Copies what fits, from the upper left corner; the rest of the image is black.</summary>
    public static void Record(GpuDevice device, GpuCommands commands, GpuBuffer pixels, Extent2D size, Image image, Extent2D extent)
    {
        commands.Begin();
        commands.BeginLabel("copy to window");
        Change(device.Api, commands.Handle, image, ImageLayout.Undefined, ImageLayout.TransferDstOptimal, 0, AccessFlags.TransferWriteBit);
        if (size.Width < extent.Width || size.Height < extent.Height)
        {
            ClearColorValue black = new() { Float32_3 = 1 };
            ImageSubresourceRange whole = Whole;
            device.Api.CmdClearColorImage(commands.Handle, image, ImageLayout.TransferDstOptimal, &black, 1, &whole);
            commands.Barrier(GpuStage.Transfer, GpuStage.Transfer);
        }

        BufferImageCopy region = new()
        {
            BufferRowLength = size.Width,
            BufferImageHeight = size.Height,
            ImageSubresource = new ImageSubresourceLayers(ImageAspectFlags.ColorBit, 0, 0, 1),
            ImageExtent = new Extent3D(Math.Min(size.Width, extent.Width), Math.Min(size.Height, extent.Height), 1),
        };
        device.Api.CmdCopyBufferToImage(commands.Handle, pixels.Handle, image, ImageLayout.TransferDstOptimal, 1, &region);
        Change(device.Api, commands.Handle, image, ImageLayout.TransferDstOptimal, ImageLayout.PresentSrcKhr, AccessFlags.TransferWriteBit, 0);
        commands.EndLabel();
        commands.End();
    }

    private static void Change(Vk api, CommandBuffer commands, Image image, ImageLayout from, ImageLayout to, AccessFlags before, AccessFlags after)
    {
        ImageMemoryBarrier barrier = new()
        {
            SType = StructureType.ImageMemoryBarrier,
            SrcAccessMask = before,
            DstAccessMask = after,
            OldLayout = from,
            NewLayout = to,
            SrcQueueFamilyIndex = Vk.QueueFamilyIgnored,
            DstQueueFamilyIndex = Vk.QueueFamilyIgnored,
            Image = image,
            SubresourceRange = Whole,
        };
        PipelineStageFlags next = after == 0 ? PipelineStageFlags.BottomOfPipeBit : PipelineStageFlags.TransferBit;
        api.CmdPipelineBarrier(commands, PipelineStageFlags.TransferBit, next, 0, 0, null, 0, null, 1, &barrier);
    }
}
