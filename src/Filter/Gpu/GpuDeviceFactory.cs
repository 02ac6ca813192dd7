using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>The Vulkan calls that open a device, and those on its pipeline cache.</summary>
internal static unsafe class GpuDeviceFactory
{
    /// <summary>Opens a device with one queue of each family, and only the features that the GPU layer uses.</summary>
    public static Device Create(Vk api, GpuPhysicalDevice physical)
    {
        float priority = 1;
        DeviceQueueCreateInfo* queues = stackalloc DeviceQueueCreateInfo[2];
        queues[0] = Queue(physical.Compute, &priority);
        queues[1] = Queue(physical.Transfer, &priority);

        bool hasFloat16 = physical.Adapter.HasFloat16;
        PhysicalDeviceVulkan12Features features12 = new()
        {
            SType = StructureType.PhysicalDeviceVulkan12Features,
            TimelineSemaphore = true,
            ShaderFloat16 = hasFloat16,
            ShaderSubgroupExtendedTypes = physical.HasSubgroupExtendedTypes,
        };
        PhysicalDeviceVulkan11Features features11 = new()
        {
            SType = StructureType.PhysicalDeviceVulkan11Features,
            PNext = &features12,
            StorageBuffer16BitAccess = hasFloat16,
        };
        DeviceCreateInfo info = new()
        {
            SType = StructureType.DeviceCreateInfo,
            PNext = &features11,
            QueueCreateInfoCount = physical.Transfer == physical.Compute ? 1u : 2,
            PQueueCreateInfos = queues,
        };
        Device device;
        GpuResult.Check(api.CreateDevice(physical.Handle, &info, null, &device), $"vkCreateDevice of {physical.Adapter.Name}");
        return device;
    }

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

    private static DeviceQueueCreateInfo Queue(GpuQueueFamily family, float* priority) => new()
    {
        SType = StructureType.DeviceQueueCreateInfo,
        QueueFamilyIndex = family.Index,
        QueueCount = 1,
        PQueuePriorities = priority,
    };
}
