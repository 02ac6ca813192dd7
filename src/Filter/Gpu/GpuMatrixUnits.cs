using Silk.NET.Core.Contexts;
using Silk.NET.Vulkan;
using Silk.NET.Vulkan.Extensions.KHR;

namespace Realtime.Filter.Gpu;

/// <summary>Asks a device for its matrix units (VK_KHR_cooperative_matrix).</summary>
internal static unsafe class GpuMatrixUnits
{
    /// <summary>Which extension for matrix units the driver has: "none", "KHR" or "NV".</summary>
    public static string Extension(Vk api, PhysicalDevice device) =>
        api.IsDeviceExtensionPresent(device, KhrCooperativeMatrix.ExtensionName) ? "KHR" : api.IsDeviceExtensionPresent(device, "VK_NV_cooperative_matrix") ? "NV" : "none";

    /// <summary>
    /// The shapes of products of float16 with sums in float32 that a subgroup can make, in the driver's order. Empty where there are none, or where
    /// something is missing that their shaders need beside them: the Vulkan memory model, and subgroups that are always full.
    /// </summary>
    public static GpuMatrixShape[] Shapes(Vk api, Instance instance, PhysicalDevice device)
    {
        if (Extension(api, device) != "KHR" || !api.IsDeviceExtensionPresent(device, "VK_EXT_subgroup_size_control"))
            return [];
        PhysicalDeviceCooperativeMatrixFeaturesKHR matrix = new() { SType = StructureType.PhysicalDeviceCooperativeMatrixFeaturesKhr };
        PhysicalDeviceSubgroupSizeControlFeatures subgroups = new() { SType = StructureType.PhysicalDeviceSubgroupSizeControlFeatures, PNext = &matrix };
        PhysicalDeviceVulkan12Features features12 = new() { SType = StructureType.PhysicalDeviceVulkan12Features, PNext = &subgroups };
        PhysicalDeviceFeatures2 features = new() { SType = StructureType.PhysicalDeviceFeatures2, PNext = &features12 };
        api.GetPhysicalDeviceFeatures2(device, &features);
        bool complete = matrix.CooperativeMatrix && subgroups.ComputeFullSubgroups
            && features12.VulkanMemoryModel && features12.VulkanMemoryModelDeviceScope && features12.ShaderFloat16;
        return complete ? [.. Offers(api, instance, device).Where(IsHalfToFloat).Select(offer => new GpuMatrixShape(offer.MSize, offer.NSize, offer.KSize)).Distinct()] : [];
    }

    private static bool IsHalfToFloat(CooperativeMatrixPropertiesKHR offer) =>
        offer is { AType: ComponentTypeKHR.Float16Khr, BType: ComponentTypeKHR.Float16Khr, CType: ComponentTypeKHR.Float32Khr, ResultType: ComponentTypeKHR.Float32Khr, Scope: ScopeKHR.SubgroupKhr };

    private static CooperativeMatrixPropertiesKHR[] Offers(Vk api, Instance instance, PhysicalDevice device)
    {
        // A device's extension, but asked before the device is opened: only the instance knows the function then.
        using KhrCooperativeMatrix extension = new(new LamdaNativeContext(name => api.GetInstanceProcAddr(instance, name)));
        uint count = 0;
        GpuResult.Check(extension.GetPhysicalDeviceCooperativeMatrixProperties(device, &count, null), "vkGetPhysicalDeviceCooperativeMatrixPropertiesKHR");
        CooperativeMatrixPropertiesKHR[] offers = new CooperativeMatrixPropertiesKHR[count];
        Array.Fill(offers, new CooperativeMatrixPropertiesKHR { SType = StructureType.CooperativeMatrixPropertiesKhr });
        fixed (CooperativeMatrixPropertiesKHR* first = offers)
            GpuResult.Check(extension.GetPhysicalDeviceCooperativeMatrixProperties(device, &count, first), "vkGetPhysicalDeviceCooperativeMatrixPropertiesKHR");
        return offers;
    }
}
