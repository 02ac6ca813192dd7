using Realtime.Filter.Gpu;
using Silk.NET.Vulkan;

namespace Realtime.Filter.Tests.Gpu;

/// <summary>That all are gone at the end is looked at after every test of the GPU layer.</summary>
public sealed class GpuObjectsTests : GpuTest
{
    [SkippableFact]
    public void What_exists_is_counted_kind_by_kind()
    {
        IReadOnlyDictionary<ObjectType, int> first = Instance.Objects.Alive;
        Assert.Equal((1, 1), (first[ObjectType.Instance], first[ObjectType.Device]));

        GpuBuffer buffer = Device.CreateBuffer("forgotten", 1 << 20, GpuMemory.Device);
        GpuPipeline pipeline = Multiply(Device, 2);
        GpuCommands commands = Device.CreateCommands(Compute, timestamps: 2);
        Assert.Equal(
            "Buffer 1, CommandPool 1, DescriptorSetLayout 1, DeviceMemory 1, Pipeline 1, PipelineLayout 1" + (Device.HasTimestamps ? ", QueryPool 1" : ""),
            More(first));

        commands.Dispose();
        pipeline.Dispose();
        Assert.Equal("Buffer 1, DeviceMemory 1", More(first));
        buffer.Dispose();
        Assert.Equal("", More(first));
    }

    private string More(IReadOnlyDictionary<ObjectType, int> first) => string.Join(
        ", ",
        Instance.Objects.Alive
            .Select(kind => (Name: kind.Key.ToString(), More: kind.Value - first.GetValueOrDefault(kind.Key)))
            .Where(kind => kind.More != 0)
            .OrderBy(kind => kind.Name, StringComparer.Ordinal)
            .Select(kind => $"{kind.Name} {kind.More}"));
}
