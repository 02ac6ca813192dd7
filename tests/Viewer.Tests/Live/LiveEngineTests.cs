using Realtime.Filter.Devices;
using Realtime.Filter.Gpu;
using Realtime.Filter.Models;
using Realtime.Filter.Video;
using Realtime.Viewer.App;
using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;
using Realtime.Viewer.Tests.Golden;

namespace Realtime.Viewer.Tests.Live;

/// <summary>What runs behind the window. Alone, as memory is counted for the whole process.</summary>
[Collection(Alone)]
public sealed class LiveEngineTests(OffScreen offScreen) : IClassFixture<OffScreen>
{
    private const string Alone = "alone";
    private const string Solids = "solids:seconds=20,seed=2";

    // What ONNX Runtime's own call allocates; 560 were seen.
    private const int BytesOfARun = 700;

    [Theory]
    [InlineData(false, false, 3)]
    [InlineData(true, false, 3 + 2)]    // PGD-2
    [InlineData(false, true, 3 + 1)]
    public void A_frame_costs_no_memory_of_ours(bool attack, bool purify, int runs)
    {
        ViewState state = new() { Source = Solids, Classifier = "solids", Steps = 2, AttackOn = attack, PurifierOn = purify };
        using LiveEngine engine = Open(state, FrameSources.Open(Solids), isLive: false);
        Take(engine, 10);

        // What else the process does comes and goes; the pipeline's share is in every round.
        long least = long.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Take(engine, 10);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / 10);
        }

        Assert.InRange(least, 0, BytesOfARun * runs);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_panes_show_the_same_frame(bool isLive)
    {
        ViewState state = new() { Source = "counter", Classifier = "solids", Steps = 1, ShowDifference = true };
        using LiveEngine engine = Open(state, new CountedSource(64), isLive);
        (int Width, int Height) size = (1280, 720);
        Span<Pane> panes = stackalloc Pane[PaneArranger.Most];
        Assert.Equal(4, PaneArranger.Arrange(state, PaneLayout.SideBySide, size.Width, size.Height, panes));

        long before = -1;
        for (int shown = 0; shown < 20; shown++)
        {
            ShownFrame frame = Next(engine);
            byte[] picture = StillPicture.Draw(offScreen.Device, frame, state, PaneLayout.SideBySide, size, now: 0);
            long raw = CountedSource.Read(picture, size.Width, panes[0]);
            Assert.Equal(raw, CountedSource.Read(picture, size.Width, panes[1]));
            Assert.Equal(raw, CountedSource.Read(picture, size.Width, panes[2]));
            Assert.True(raw > before, $"{raw} was shown after {before}");
            Assert.True(frame.IsPurified);
            before = raw;
            if (isLive)
                continue;       // then frames that are late have no id, and the first ones come before the attacker is ready
            Assert.Equal(frame.Id, raw);
            Assert.NotEqual(frame.Raw, frame.Attacked);
            Assert.NotEqual(frame.Attacked, frame.Purified);
        }
    }

    [SkippableFact]
    public void A_pane_of_another_frame_is_noticed()
    {
        GpuDevice device = offScreen.Device;
        ViewState state = new() { Source = "counter", Classifier = "solids" };
        using LiveEngine engine = Open(state, new CountedSource(64), isLive: false);
        byte[] earlier = [.. Next(engine).Raw];
        ShownFrame frame = Next(engine);
        earlier.CopyTo(frame.Attacked, 0);

        Span<Pane> panes = stackalloc Pane[PaneArranger.Most];
        Assert.Equal(3, PaneArranger.Arrange(state, PaneLayout.SideBySide, 1280, 720, panes));
        byte[] picture = StillPicture.Draw(device, frame, state, PaneLayout.SideBySide, (1280, 720), now: 0);
        Assert.Equal(
            (frame.Id, frame.Id - 1, frame.Id),
            (CountedSource.Read(picture, 1280, panes[0]), CountedSource.Read(picture, 1280, panes[1]), CountedSource.Read(picture, 1280, panes[2])));
    }

    private static LiveEngine Open(ViewState state, IFrameSource source, bool isLive) => new(
        state, source, PurifierFactory.Open(ModelCatalog.Resolve("maep-solids"), DeviceChoice.Parse("cpu"), Precision.Float32), new LiveOptions { Overlap = 4, IsLive = isLive });

    private static void Take(LiveEngine engine, int frames)
    {
        for (int taken = 0; taken < frames; taken++)
            Next(engine);
    }

    private static ShownFrame Next(LiveEngine engine)
    {
        ShownFrame frame;
        while (!engine.TakeNewest(out frame))
            engine.WaitForFrame(TimeSpan.FromSeconds(1));
        return frame;
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneDefinition;
}
