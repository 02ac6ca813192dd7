using Silk.NET.Core;
using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.KHR;

namespace Realtime.Filter.Gpu;

/// <summary>Which devices can show pictures on a surface.</summary>
internal static unsafe class GpuSurfaces
{
    /// <summary><paramref name="physical"/> with a compute family that shows pictures on a surface; null where it has none.</summary>
    public static GpuPhysicalDevice? Presenting(GpuInstance instance, GpuPhysicalDevice physical, SurfaceKHR surface)
    {
        Vk api = instance.Api;
        if (!api.IsDeviceExtensionPresent(physical.Handle, KhrSwapchain.ExtensionName)
            || !api.TryGetInstanceExtension(instance.Handle, out KhrSurface surfaces))
            return null;

        foreach (GpuQueueFamily family in physical.Families)
        {
            Bool32 supported = false;
            if (family.HasCompute)
                GpuResult.Check(surfaces.GetPhysicalDeviceSurfaceSupport(physical.Handle, family.Index, surface, &supported), "vkGetPhysicalDeviceSurfaceSupportKHR");
            if (supported)
                return physical with { Compute = family, Transfer = physical.Transfer == physical.Compute ? family : physical.Transfer, Presents = true };
        }

        return null;
    }
}
