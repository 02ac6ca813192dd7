using Realtime.Filter.Gpu;

namespace Realtime.Filter.Devices;

/// <summary>The devices that this machine seems to have. What only a trial finds out, opening a purifier tells (<see cref="PurifierFactory"/>).</summary>
internal static class DeviceList
{
    /// <summary>The processor first, then every Vulkan device, then those of ONNX Runtime of which nothing is missing.</summary>
    public static IReadOnlyList<DeviceChoice> Present()
    {
        DeviceProbe probe = new();
        List<DeviceChoice> found = [];
        foreach (DeviceKind kind in Enum.GetValues<DeviceKind>())
        {
            if (probe.Obstacle(kind) is not null)
                continue;
            int count = kind == DeviceKind.Vulkan ? VulkanDevices() : 1;
            for (int i = 0; i < count; i++)
                found.Add(new DeviceChoice(kind, i));
        }

        return found;
    }

    private static int VulkanDevices()
    {
        try
        {
            using GpuInstance instance = GpuInstance.Create();
            return instance.Adapters.Count;
        }
        catch (GpuUnavailableException)
        {
            return 0;
        }
    }
}
