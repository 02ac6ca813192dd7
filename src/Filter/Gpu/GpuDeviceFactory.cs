using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>The Vulkan calls that open a device, and those on its pipeline cache.</summary>
internal static unsafe class GpuDeviceFactory
{
    /// <summary>
    /// Opens a device with one queue of each family, a second one of the compute family where pictures are shown and there is one,
    /// and only the features that the GPU layer uses.
    /// </summary>
    public static Device Create(Vk api, GpuPhysicalDevice physical)
    {
        float* priorities = stackalloc float[2] { 1, 1 };
        DeviceQueueCreateInfo* queues = stackalloc DeviceQueueCreateInfo[2];
        queues[0] = Queue(physical.Compute, DisplayQueue(physical) + 1, priorities);
        queues[1] = Queue(physical.Transfer, 1, priorities);

        bool hasFloat16 = physical.Adapter.HasFloat16;
        bool hasMatrixUnits = physical.Adapter.MatrixShapes.Count > 0;
        PhysicalDeviceSubgroupSizeControlFeatures fullSubgroups = new()
        {
            SType = StructureType.PhysicalDeviceSubgroupSizeControlFeatures,
            ComputeFullSubgroups = true,
        };
        PhysicalDeviceCooperativeMatrixFeaturesKHR matrixUnits = new()
        {
            SType = StructureType.PhysicalDeviceCooperativeMatrixFeaturesKhr,
            PNext = &fullSubgroups,
            CooperativeMatrix = true,
        };
        PhysicalDeviceVulkan12Features features12 = new()
        {
            SType = StructureType.PhysicalDeviceVulkan12Features,
            PNext = hasMatrixUnits ? &matrixUnits : null,
            TimelineSemaphore = true,
            VulkanMemoryModel = hasMatrixUnits,             // of the shaders that use them
            VulkanMemoryModelDeviceScope = hasMatrixUnits,  // and, where that is on, of atomics in any shader
            ShaderFloat16 = hasFloat16 || hasMatrixUnits,
            ShaderSubgroupExtendedTypes = physical.HasSubgroupExtendedTypes,
        };
        PhysicalDeviceVulkan11Features features11 = new()
        {
            SType = StructureType.PhysicalDeviceVulkan11Features,
            PNext = &features12,
            StorageBuffer16BitAccess = hasFloat16,
        };
        fixed (byte* swapchain = "VK_KHR_swapchain"u8, cooperativeMatrix = "VK_KHR_cooperative_matrix"u8, subgroupSizeControl = "VK_EXT_subgroup_size_control"u8)
        {
            byte** extensions = stackalloc byte*[3];
            uint extensionCount = 0;
            if (physical.Presents)
                extensions[extensionCount++] = swapchain;
            if (hasMatrixUnits)
            {
                extensions[extensionCount++] = cooperativeMatrix;
                extensions[extensionCount++] = subgroupSizeControl;
            }

            DeviceCreateInfo info = new()
            {
                SType = StructureType.DeviceCreateInfo,
                PNext = &features11,
                QueueCreateInfoCount = physical.Transfer == physical.Compute ? 1u : 2,
                PQueueCreateInfos = queues,
                EnabledExtensionCount = extensionCount,
                PpEnabledExtensionNames = extensions,
            };
            Device device;
            GpuResult.Check(api.CreateDevice(physical.Handle, &info, null, &device), $"vkCreateDevice of {physical.Adapter.Name}");
            return device;
        }
    }

    /// <summary>Index of the queue that shows pictures, in the compute family: one of its own, so that it need not wait behind the shaders.</summary>
    public static uint DisplayQueue(GpuPhysicalDevice physical) => physical.Presents && physical.Compute.Queues > 1 ? 1u : 0;

    /// <summary>Makes a pipeline cache that begins with <paramref name="data"/>, or empty where the driver refuses it.</summary>
    public static PipelineCache CreatePipelineCache(Vk api, Device device, byte[] data)
    {
        fixed (byte* initial = data)
        {
            PipelineCacheCreateInfo info = new()
            {
                SType = StructureType.PipelineCacheCreateInfo,
                InitialDataSize = (nuint)data.Length,
                PInitialData = initial,
            };
            PipelineCache cache;
            Result result = api.CreatePipelineCache(device, &info, null, &cache);
            if (result != Result.Success && data.Length > 0)
                return CreatePipelineCache(api, device, []);
            GpuResult.Check(result, "vkCreatePipelineCache");
            return cache;
        }
    }

    /// <summary>The content of a pipeline cache, or null where the driver does not give it.</summary>
    public static byte[]? PipelineCacheData(Vk api, Device device, PipelineCache cache)
    {
        nuint size = 0;
        if (api.GetPipelineCacheData(device, cache, &size, null) != Result.Success || size == 0)
            return null;
        byte[] data = new byte[size];
        fixed (byte* bytes = data)
            return api.GetPipelineCacheData(device, cache, &size, bytes) == Result.Success ? data[..(int)size] : null;
    }

    private static DeviceQueueCreateInfo Queue(GpuQueueFamily family, uint count, float* priorities) => new()
    {
        SType = StructureType.DeviceQueueCreateInfo,
        QueueFamilyIndex = family.Index,
        QueueCount = count,
        PQueuePriorities = priorities,
    };
}
