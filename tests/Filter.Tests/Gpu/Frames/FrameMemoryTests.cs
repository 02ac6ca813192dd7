using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Frames;
using Realtime.Filter.Tests.Gpu.Maep;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>Memory on the device that does not suffice, and memory of the processor that a frame in steady state does not take.</summary>
public sealed class FrameMemoryTests : IDisposable
{
    private static readonly FrameFormat Format = FrameRun.Format(33, 40);   // four tiles

    private Action<string>? onLog;
    private VulkanPurifier? purifier;

    public void Dispose() => purifier?.Dispose();

    [SkippableTheory]
    [InlineData(1)]     // weights of the blend
    [InlineData(4)]     // a frame
    [InlineData(8)]     // the heap
    public void Full_memory_halves_the_runs_and_what_was_taken_by_then_is_given_back(int allocation)
    {
        purifier = TestPurifier.Open("maep-patch4");
        TileGrid grid = new(Format.Width, Format.Height, purifier.TileSize, 4);
        ulong before = purifier.Device.Allocator.UsedBytes;
        ulong needed;
        using (purifier.CreateFrameProgram(grid, FrameColour.Rgb))
            needed = purifier.Device.Allocator.UsedBytes - before;
        purifier.Device.DestroyRetired();
        Assert.Equal(before, purifier.Device.Allocator.UsedBytes);
        int tiles = purifier.RunTiles;

        purifier.Device.Faults.FailAllocation = allocation;
        using (purifier.CreateFrameProgram(grid, FrameColour.Rgb))
        {
            Assert.Equal(tiles / 2, purifier.RunTiles);
            Assert.Equal(needed, purifier.Device.Allocator.UsedBytes - before);
        }

        purifier.Device.DestroyRetired();
        Assert.Equal(before, purifier.Device.Allocator.UsedBytes);
        Assert.Equal([], purifier.ValidationMessages);
    }

    [SkippableFact]
    public void Frames_that_go_through_tile_by_tile_come_out_the_same_and_when_not_one_tile_fits_the_user_is_told()
    {
        purifier = TestPurifier.Open("maep-patch4", log: text => onLog?.Invoke(text));
        FrameRun whole = FrameRun.Of(purifier, Format, 2);

        // As long as a run has more than two tiles there is no memory for it either.
        onLog = text => Refuse(text, until: "runs of 1 tiles");
        purifier.Device.Faults.FailAllocation = 3;
        FrameRun single = FrameRun.Of(purifier, Format, 2);

        Assert.Equal(1, purifier.RunTiles);
        Assert.Equal((2, 0, null), (single.Result.Frames, single.Result.Unpurified, single.Failure));
        Assert.Equal(whole.Frames.Select(frame => frame.Purified), single.Frames.Select(frame => frame.Purified));

        purifier.Device.Faults.FailAllocation = 3;
        UserErrorException told = Assert.Throws<UserErrorException>(() => FrameRun.Of(purifier, Format, 2));
        Assert.Equal(ExitCode.Failed, told.ExitCode);
        Assert.Contains("frames of 33x40 do not fit", told.Message, StringComparison.Ordinal);
        Assert.Equal([], purifier.ValidationMessages);
    }

    [SkippableFact]
    public void A_frame_in_steady_state_allocates_nothing()
    {
        purifier = TestPurifier.Open("maep-patch4");
        VulkanFrames frames = new(purifier, new TileGrid(16, 16, purifier.TileSize, 4));
        VulkanSubmitStage submit = new(frames);
        using VulkanCollectStage collect = new(frames);
        FrameSlot slot = new(FrameRun.Format(16, 16));
        FrameRun.Texture(slot.Raw, 16, 1);
        Turns(20);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Turns(20);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(slot.IsPurified);

        void Turns(int count)
        {
            for (int turn = 0; turn < count; turn++)
            {
                submit.Await(slot, CancellationToken.None);
                submit.Process(slot, CancellationToken.None);
                collect.Process(slot, CancellationToken.None);
            }
        }
    }

    private void Refuse(string text, string until)
    {
        if (!text.Contains(until, StringComparison.Ordinal))
            purifier!.Device.Faults.FailAllocation = 3;
    }
}
