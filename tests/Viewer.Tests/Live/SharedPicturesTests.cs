using System.Diagnostics;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Solids;
using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;
using Realtime.Viewer.Tests.Golden;

namespace Realtime.Viewer.Tests.Live;

public sealed class SharedPicturesTests : IDisposable
{
    private const int Frames = 4;
    private const int Side = 66;        // whose pixels are no whole number of the shader's groups

    private readonly OffScreen screen = new();
    private readonly ViewState state = new() { Source = $"solids:seconds=2,seed=2,size={Side}x{Side}", Classifier = "solids", Attack = "noise" };

    public void Dispose() => screen.Dispose();

    [SkippableFact]
    public void A_purified_frame_is_drawn_from_where_it_is_and_looks_as_the_hosts_copy_does()
    {
        using Composer composer = new(screen.Device, Side, Side);
        composer.Resize(Side, Side);
        int drawn = 0;
        Follow(screen.Device, frame =>
        {
            Assert.Equal(frame.Id, frame.OnDevice!.Frame);
            byte[] host = [.. frame.Purified];
            Array.Clear(frame.Purified);        // if this were shown it would be black
            composer.Load(frame);
            Assert.Equal(host, Draw(composer));
            drawn++;
        });
        Assert.Equal(Frames, drawn);
    }

    [SkippableFact]
    public void Frames_of_another_device_come_through_the_host()
    {
        using GpuDevice other = screen.Device.Instance.OpenDevice(0);
        using Composer composer = new(screen.Device, Side, Side);
        composer.Resize(Side, Side);
        Follow(other, frame =>
        {
            Assert.Null(frame.OnDevice);
            composer.Load(frame);
            Assert.Equal(frame.Purified, Draw(composer));
        });
    }

    [SkippableFact]
    public void A_shared_device_is_gone_only_when_its_last_user_is()
    {
        GpuDevice device = screen.Device.Instance.OpenDevice(0);
        VulkanPurifier purifier = VulkanPurifier.OpenOn(ModelCatalog.Resolve("maep-solids"), device);
        device.Dispose();
        float[] tile = new float[3 * purifier.TileSize * purifier.TileSize], purified = new float[tile.Length];
        Array.Fill(tile, 0.5f);
        purifier.Purify(tile, purified, 1);
        Assert.InRange(purified.Average(), 0.4, 0.6);
        purifier.Dispose();
        Assert.False(device.TryShare());
    }

    // The purifier on one device, the window's device being the screen's.
    private void Follow(GpuDevice purifiersDevice, Action<ShownFrame> look)
    {
        ITilePurifier purifier = VulkanPurifier.OpenOn(ModelCatalog.Resolve("maep-solids"), purifiersDevice);
        LiveOptions options = new() { Overlap = 4, IsLive = false, Frames = Frames, Device = screen.Device };
        using LiveEngine engine = new(state, new SolidsSource(SolidsOptions.Parse(state.Source)), purifier, options);
        long start = Stopwatch.GetTimestamp();
        for (int seen = 0; seen < Frames;)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(2), "no frame came");
            if (engine.TakeNewest(out ShownFrame frame))
            {
                Assert.True(frame.IsPurified);
                look(frame);
                seen++;
            }
            else
            {
                engine.WaitForFrame(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    private byte[] Draw(Composer composer)
    {
        composer.Compose([new Pane(PanePicture.Purified, 0, 0, Side, Side)], state);
        composer.Wait();
        byte[] picture = new byte[Side * Side * 3];
        composer.Read(picture);
        return picture;
    }
}
