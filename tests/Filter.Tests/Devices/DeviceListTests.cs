using Realtime.Filter.Devices;

namespace Realtime.Filter.Tests.Devices;

public class DeviceListTests
{
    [Fact]
    public void It_begins_with_the_processor_and_holds_nothing_of_which_anything_is_missing()
    {
        IReadOnlyList<DeviceChoice> present = DeviceList.Present();
        DeviceProbe probe = new();

        Assert.Equal(DeviceChoice.Cpu, present[0]);
        Assert.Equal(present.Count, present.Distinct().Count());
        Assert.All(present, device => Assert.Null(probe.Obstacle(device.Kind)));
        Assert.All(Enum.GetValues<DeviceKind>().Where(kind => kind != DeviceKind.Vulkan), kind =>
            Assert.Equal(probe.Obstacle(kind) is null, present.Contains(new DeviceChoice(kind))));
    }
}
