using Realtime.Filter.Gpu;
using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.KHR;

namespace Realtime.Viewer.Windowing;

/// <summary>How the images of a surface are to be, out of what it offers.</summary>
internal readonly unsafe record struct SurfaceChoice(
    SurfaceFormatKHR Pixels, Extent2D Extent, PresentModeKHR Mode, uint Images, SurfaceTransformFlagsKHR Transform, CompositeAlphaFlagsKHR Alpha)
{
    private const uint AnySize = uint.MaxValue;

    /// <summary>Asks a surface and chooses.</summary>
    /// <returns>Success, or ErrorSurfaceLostKhr.</returns>
    /// <exception cref="GpuUnavailableException">It has no format of 8-bit channels, or its images cannot be copied to.</exception>
    public static Result Make(KhrSurface surfaces, GpuDevice device, SurfaceKHR surface, Extent2D wanted, PresentModeKHR mode, out SurfaceChoice choice)
    {
        choice = default;
        SurfaceCapabilitiesKHR can;
        Result result = device.Display.Shown(surfaces.GetPhysicalDeviceSurfaceCapabilities(device.Physical, surface, &can), "vkGetPhysicalDeviceSurfaceCapabilitiesKHR");
        if (result != Result.Success)
            return result;
        if ((can.SupportedUsageFlags & ImageUsageFlags.TransferDstBit) == 0)
            throw new GpuUnavailableException("the window's images cannot be copied to");

        uint formatCount = 64, modeCount = 16;
        SurfaceFormatKHR* formats = stackalloc SurfaceFormatKHR[64];
        PresentModeKHR* modes = stackalloc PresentModeKHR[16];
        result = device.Display.Shown(surfaces.GetPhysicalDeviceSurfaceFormats(device.Physical, surface, &formatCount, formats), "vkGetPhysicalDeviceSurfaceFormatsKHR");
        if (result < Result.Success)
            return result;
        result = device.Display.Shown(surfaces.GetPhysicalDeviceSurfacePresentModes(device.Physical, surface, &modeCount, modes), "vkGetPhysicalDeviceSurfacePresentModesKHR");
        if (result < Result.Success)
            return result;

        bool hasMode = new ReadOnlySpan<PresentModeKHR>(modes, (int)modeCount).Contains(mode);
        uint images = Math.Max(can.MinImageCount + 1, 3);
        choice = new SurfaceChoice(
            PickFormat(new ReadOnlySpan<SurfaceFormatKHR>(formats, (int)formatCount)),
            PickExtent(can, wanted),
            hasMode ? mode : PresentModeKHR.FifoKhr,
            can.MaxImageCount == 0 ? images : Math.Min(images, can.MaxImageCount),
            can.CurrentTransform,
            PickAlpha(can.SupportedCompositeAlpha));
        return Result.Success;
    }

    // Without sRGB encoding: the pixels arrive encoded.
    private static SurfaceFormatKHR PickFormat(ReadOnlySpan<SurfaceFormatKHR> formats)
    {
        foreach (SurfaceFormatKHR format in formats)
        {
            if (format is { Format: Format.B8G8R8A8Unorm or Format.R8G8B8A8Unorm, ColorSpace: ColorSpaceKHR.SpaceSrgbNonlinearKhr })
                return format;
        }

        return formats is [{ Format: Format.Undefined }, ..]
            ? new SurfaceFormatKHR(Format.B8G8R8A8Unorm, formats[0].ColorSpace)
            : throw new GpuUnavailableException("the window has no pixels of four 8-bit channels");
    }

    private static Extent2D PickExtent(in SurfaceCapabilitiesKHR can, Extent2D wanted) => can.CurrentExtent.Width != AnySize
        ? can.CurrentExtent
        : new Extent2D(
            Math.Clamp(wanted.Width, can.MinImageExtent.Width, can.MaxImageExtent.Width),
            Math.Clamp(wanted.Height, can.MinImageExtent.Height, can.MaxImageExtent.Height));

    private static CompositeAlphaFlagsKHR PickAlpha(CompositeAlphaFlagsKHR supported) =>
        (supported & CompositeAlphaFlagsKHR.OpaqueBitKhr) != 0 ? CompositeAlphaFlagsKHR.OpaqueBitKhr : supported & (CompositeAlphaFlagsKHR)(-(int)supported);
}
