using Realtime.Filter.Frames;
using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Frames;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>A lost device and full memory: every frame comes out purified and right, or marked and as it came.</summary>
public sealed class FrameFaultTests(SharedPurifier shared) : IClassFixture<SharedPurifier>, IDisposable
{
    private static readonly FrameFormat Format = FrameRun.Format(33, 40);

    public void Dispose() => shared.OnLog = null;

    [SkippableTheory]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(2, false)]
    [InlineData(9, false)]
    public void A_frame_whose_device_is_lost_is_purified_on_the_device_opened_again(int submit, bool singleThreaded)
    {
        VulkanPurifier purifier = shared.Purifier;
        FrameRun whole = FrameRun.Of(purifier, Format, 4);
        int before = purifier.Recoveries;

        purifier.Device.Faults.LoseDeviceAtSubmit = submit;
        FrameRun found = FrameRun.Of(purifier, Format, 4, singleThreaded: singleThreaded);

        Assert.Equal((4, 0, null), (found.Result.Frames, found.Result.Unpurified, found.Failure));
        Assert.Equal(before + 1, purifier.Recoveries);
        Assert.Equal(whole.Frames.Select(frame => frame.Purified), found.Frames.Select(frame => frame.Purified));
        Assert.Equal([], purifier.ValidationMessages);
    }

    [SkippableFact]
    public void A_frame_that_loses_the_device_twice_passes_through_marked_and_the_one_in_flight_beside_it_is_purified()
    {
        VulkanPurifier purifier = shared.Purifier;
        TileGrid grid = new(Format.Width, Format.Height, purifier.TileSize, 4);
        FrameSlot[] expected = Slots(3), found = Slots(3);
        Pass(purifier, grid, expected);
        int before = purifier.Recoveries;

        // The first frame's passes; then, on the device opened again, those of the second try: after the weights and the upload.
        purifier.Device.Faults.LoseDeviceAtSubmit = 2;
        int losses = 0;
        shared.OnLog = text =>
        {
            if (text.Contains("opening the device again", StringComparison.Ordinal) && ++losses == 1)
                purifier.Device.Faults.LoseDeviceAtSubmit = 3;
        };
        string? failure = Pass(purifier, grid, found);

        Assert.StartsWith("frame 0: ", failure, StringComparison.Ordinal);
        Assert.Equal([false, true, true], found.Select(slot => slot.IsPurified));
        Assert.Equal(found[0].Raw, found[0].Purified);
        Assert.Equal(expected[1].Purified, found[1].Purified);
        Assert.Equal(expected[2].Purified, found[2].Purified);
        Assert.Equal(before + 2, purifier.Recoveries);
        Assert.Equal([], purifier.ValidationMessages);
    }

    [SkippableFact]
    public void Loose_tiles_whose_device_is_lost_are_purified_on_the_device_opened_again()
    {
        VulkanPurifier purifier = shared.Purifier;
        float[] tiles = [.. Enumerable.Range(0, 3 * 1024).Select(i => i % 7 / 7f)];
        float[] expected = new float[tiles.Length], found = new float[tiles.Length];
        purifier.Purify(tiles, expected, 1);
        int before = purifier.Recoveries;

        purifier.Device.Faults.LoseDeviceAtSubmit = 1;
        purifier.Purify(tiles, found, 1);

        Assert.Equal(expected, found);
        Assert.Equal(before + 1, purifier.Recoveries);
    }

    private static FrameSlot[] Slots(int count)
    {
        FrameSlot[] slots = [.. Enumerable.Range(0, count).Select(i => new FrameSlot(Format) { Id = i })];
        foreach (FrameSlot slot in slots)
            FrameRun.Texture(slot.Raw, Format.Width, (int)slot.Id);
        return slots;
    }

    // Two frames in flight, on one thread, so that it is always the same submission that is lost.
    private static string? Pass(VulkanPurifier purifier, TileGrid grid, FrameSlot[] slots)
    {
        VulkanFrames frames = new(purifier, grid);
        VulkanSubmitStage submit = new(frames);
        using VulkanCollectStage collect = new(frames);
        for (int i = 0; i < slots.Length; i++)
        {
            if (i >= FrameProgram.Lanes)
                collect.Process(slots[i - FrameProgram.Lanes], CancellationToken.None);
            submit.Await(slots[i], CancellationToken.None);
            submit.Process(slots[i], CancellationToken.None);
        }

        foreach (FrameSlot slot in slots[^FrameProgram.Lanes..])
            collect.Process(slot, CancellationToken.None);
        return collect.FirstFailure;
    }
}
