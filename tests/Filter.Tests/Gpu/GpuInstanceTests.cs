using Realtime.Filter.Gpu;

namespace Realtime.Filter.Tests.Gpu;

public sealed class GpuInstanceTests
{
    [SkippableFact]
    public void Adapters_tell_what_they_are_on_one_line()
    {
        using GpuInstance instance = Create(validation: false);
        Assert.NotEmpty(instance.Adapters);
        for (int index = 0; index < instance.Adapters.Count; index++)
        {
            GpuAdapter adapter = instance.Adapters[index];
            Assert.Equal(index, adapter.Index);
            Assert.NotEmpty(adapter.Name);
            Assert.NotEmpty(adapter.DriverName);
            Assert.StartsWith("1.", adapter.ApiVersion);
            Assert.True(adapter.DeviceMemoryBytes > 1 << 20);
            Assert.True(adapter.SubgroupSize > 0);
            Assert.Equal(32, adapter.PipelineCacheUuid.Length);
            Assert.StartsWith($"{index}: {adapter.Name} (", adapter.ToString());
            Assert.DoesNotContain('\n', adapter.ToString());
        }
        Assert.Empty(instance.ValidationMessages);
    }

    [SkippableFact]
    public void A_device_that_is_not_there_is_an_error_that_lists_those_that_are()
    {
        using GpuInstance instance = Create(validation: false);
        GpuUnavailableException error = Assert.Throws<GpuUnavailableException>(() => instance.OpenDevice(instance.Adapters.Count));
        Assert.Contains(instance.Adapters[0].Name, error.Message);
    }

    [SkippableFact]
    public void Devices_left_open_are_closed_with_the_instance()
    {
        GpuInstance instance = Create(validation: true);
        GpuDevice device = instance.OpenDevice(0);
        GpuBuffer buffer = device.CreateBuffer("left", 100, GpuMemory.Device);
        instance.Dispose();
        device.Dispose();
        buffer.Dispose();
    }

    private static GpuInstance Create(bool validation)
    {
        try
        {
            return GpuInstance.Create(validation);
        }
        catch (GpuUnavailableException error)
        {
            throw new SkipException(error.Message);
        }
    }
}
