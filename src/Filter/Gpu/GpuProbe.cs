using System.Runtime.InteropServices;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Gpu;

/// <summary>Finds out what a physical device can do.</summary>
internal static unsafe class GpuProbe
{
    private const uint Vulkan12 = (1 << 22) | (2 << 12);

    /// <summary>The usable devices, the most capable kind first.</summary>
    /// <exception cref="GpuUnavailableException">There is none; the message tells why of each that was found.</exception>
    public static List<GpuPhysicalDevice> Devices(Vk api, Instance instance)
    {
        uint count = 0;
        GpuResult.Check(api.EnumeratePhysicalDevices(instance, &count, null), "vkEnumeratePhysicalDevices");
        PhysicalDevice[] handles = new PhysicalDevice[count];
        fixed (PhysicalDevice* first = handles)
            GpuResult.Check(api.EnumeratePhysicalDevices(instance, &count, first), "vkEnumeratePhysicalDevices");

        List<GpuPhysicalDevice> usable = [];
        List<string> refusals = [];
        foreach (PhysicalDevice handle in handles)
        {
            if (Describe(api, instance, handle, out string refusal) is { } device)
                usable.Add(device);
            else
                refusals.Add(refusal);
        }
        if (handles.Length == 0)
            throw GpuLoader.NoDriver();
        if (usable.Count == 0)
            throw new GpuUnavailableException($"no Vulkan device can be used: {string.Join("; ", refusals)}");
        return [.. usable.OrderBy(device => Order(device.Adapter.Type))
            .Select((device, index) => device with { Adapter = device.Adapter with { Index = index } })];
    }

    private static int Order(PhysicalDeviceType type) => type switch
    {
        PhysicalDeviceType.DiscreteGpu => 0,
        PhysicalDeviceType.IntegratedGpu => 1,
        PhysicalDeviceType.VirtualGpu => 2,
        PhysicalDeviceType.Cpu => 3,
        _ => 4,
    };

    // With index 0; null where the device lacks what the GPU layer needs, and why in refusal.
    private static GpuPhysicalDevice? Describe(Vk api, Instance instance, PhysicalDevice device, out string refusal)
    {
        PhysicalDeviceProperties old;
        api.GetPhysicalDeviceProperties(device, &old);
        refusal = $"{Text(old.DeviceName)} speaks only Vulkan {Version(old.ApiVersion)} (1.2 is needed)";
        if (old.ApiVersion < Vulkan12)
            return null;

        PhysicalDeviceSubgroupProperties subgroup = new() { SType = StructureType.PhysicalDeviceSubgroupProperties };
        PhysicalDeviceDriverProperties driver = new() { SType = StructureType.PhysicalDeviceDriverProperties, PNext = &subgroup };
        PhysicalDeviceProperties2 properties = new() { SType = StructureType.PhysicalDeviceProperties2, PNext = &driver };
        api.GetPhysicalDeviceProperties2(device, &properties);

        PhysicalDeviceVulkan12Features features12 = new() { SType = StructureType.PhysicalDeviceVulkan12Features };
        PhysicalDeviceVulkan11Features features11 = new() { SType = StructureType.PhysicalDeviceVulkan11Features, PNext = &features12 };
        PhysicalDeviceFeatures2 features = new() { SType = StructureType.PhysicalDeviceFeatures2, PNext = &features11 };
        api.GetPhysicalDeviceFeatures2(device, &features);

        GpuQueueFamily[] families = Families(api, device, out int compute, out int transfer);
        refusal = $"{Text(old.DeviceName)} has no {(compute < 0 ? "compute queue" : "timeline semaphores")}";
        if (compute < 0 || !features12.TimelineSemaphore)
            return null;

        PhysicalDeviceMemoryProperties memory;
        api.GetPhysicalDeviceMemoryProperties(device, &memory);
        return new GpuPhysicalDevice
        {
            Handle = device,
            Limits = old.Limits,
            Memory = memory,
            Families = families,
            Compute = families[compute],
            Transfer = families[transfer < 0 ? compute : transfer],
            VendorId = old.VendorID,
            DeviceId = old.DeviceID,
            DriverVersion = old.DriverVersion,
            HasSubgroupExtendedTypes = features12.ShaderSubgroupExtendedTypes,
            Adapter = new GpuAdapter
            {
                Index = 0,
                Name = Text(old.DeviceName),
                Type = old.DeviceType,
                DriverName = Text(driver.DriverName),
                DriverVersion = Text(driver.DriverInfo),
                ApiVersion = Version(old.ApiVersion),
                DeviceMemoryBytes = LargestDeviceHeap(memory),
                HasFloat16 = features12.ShaderFloat16 && features11.StorageBuffer16BitAccess,
                SubgroupSize = subgroup.SubgroupSize,
                HasSubgroupArithmetic = (subgroup.SupportedStages & ShaderStageFlags.ComputeBit) != 0
                    && (subgroup.SupportedOperations & SubgroupFeatureFlags.ArithmeticBit) != 0,
                SharedMemoryBytes = old.Limits.MaxComputeSharedMemorySize,
                CooperativeMatrix = GpuMatrixUnits.Extension(api, device),
                MatrixShapes = GpuMatrixUnits.Shapes(api, instance, device),
                PipelineCacheUuid = Convert.ToHexStringLower(new ReadOnlySpan<byte>(old.PipelineCacheUuid, (int)Vk.UuidSize)),
            },
        };
    }

    // Copies run beside compute only on a family made for them alone: on others, such as the video ones, they may be slow or restricted.
    private static GpuQueueFamily[] Families(Vk api, PhysicalDevice device, out int compute, out int transfer)
    {
        const QueueFlags copiesAlone = QueueFlags.TransferBit | QueueFlags.SparseBindingBit | QueueFlags.ProtectedBit;
        uint count = 0;
        api.GetPhysicalDeviceQueueFamilyProperties(device, &count, null);
        QueueFamilyProperties[] families = new QueueFamilyProperties[count];
        fixed (QueueFamilyProperties* first = families)
            api.GetPhysicalDeviceQueueFamilyProperties(device, &count, first);

        compute = Array.FindIndex(families, family => (family.QueueFlags & QueueFlags.ComputeBit) != 0);
        transfer = Array.FindIndex(families, family => (family.QueueFlags & QueueFlags.TransferBit) != 0 && (family.QueueFlags & ~copiesAlone) == 0);
        return [.. families.Select((family, index) => new GpuQueueFamily(
            (uint)index, (family.QueueFlags & QueueFlags.ComputeBit) != 0, family.QueueCount, (int)family.TimestampValidBits))];
    }

    private static ulong LargestDeviceHeap(PhysicalDeviceMemoryProperties memory)
    {
        ulong largest = 0;
        for (int heap = 0; heap < memory.MemoryHeapCount; heap++)
        {
            if ((memory.MemoryHeaps[heap].Flags & MemoryHeapFlags.DeviceLocalBit) != 0)
                largest = Math.Max(largest, memory.MemoryHeaps[heap].Size);
        }
        return largest;
    }

    private static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static string Version(uint version) => $"{(version >> 22) & 0x7F}.{(version >> 12) & 0x3FF}.{version & 0xFFF}";
}
