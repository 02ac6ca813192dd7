using Realtime.Filter.Devices;
using Realtime.Viewer.Tests.Windowing;

namespace Realtime.Viewer.Tests.App;

public sealed class SharedDeviceTests(Screen screen) : SessionTest(screen)
{
    [SkippableFact]
    public void Purifier_and_window_share_a_device_through_a_swap_and_a_loss()
    {
        Begin(settings =>
        {
            settings.State.Device = "vulkan";
            return settings with { Input = "solids:seconds=20,seed=2,size=48x48", Device = DeviceChoice.Parse("vulkan"), SharesDevice = true };
        });
        Assert.NotNull(Session.Engine.Pictures.Device);
        TurnUntil(() => Session.Painter.ShowsFromDevice);
        string model = State.Model;
        Press("m", () => State.Model != model);     // loaded on the same device, and the old one goes
        long id = Session.Painter.FrameId;
        TurnUntil(() => Session.Painter.FrameId > id + 3);
        Assert.True(Session.Painter.ShowsFromDevice);

        Session.Instance.Faults.LoseDeviceAtSubmit = 1;
        TurnUntil(() => Session.Losses == 1);
        id = Session.Painter.FrameId;
        TurnUntil(() => Session.Painter.FrameId > id + 3);      // each on a device of its own now
        Assert.False(Session.Painter.ShowsFromDevice);
        Assert.Equal(0, Session.Painter.Unpurified);
    }
}
