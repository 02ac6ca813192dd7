using Realtime.Filter.Gpu;
using Realtime.Filter.Metrics;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tests.Gpu.Maep;

namespace Realtime.Filter.Tests.Gpu.Frames;

/// <summary>Whole frames on the device, against the tiles of the processor.</summary>
public sealed class FramePathTests(SharedPurifier shared) : IClassFixture<SharedPurifier>
{
    [SkippableTheory]
    [InlineData(70, 50, 4, false)]
    [InlineData(70, 50, 4, true)]
    [InlineData(33, 40, 0, false)]
    [InlineData(5, 3, 4, true)]
    public void Frames_come_out_as_from_the_processor_in_order_with_their_own_ids(int width, int height, int overlap, bool singleThreaded)
    {
        VulkanPurifier purifier = shared.Purifier;
        FrameRun found = FrameRun.Of(purifier, FrameRun.Format(width, height), 4, overlap, singleThreaded);

        Resembles(found, width, height, overlap, most: 1);
        Assert.Equal(0, purifier.Recoveries);
        Assert.Equal([], purifier.ValidationMessages);
    }

    [SkippableFact]
    public void Float16_frames_are_within_two_levels()
    {
        using VulkanPurifier purifier = TestPurifier.Open("maep-patch4", half: true);
        FrameRun found = FrameRun.Of(purifier, FrameRun.Format(70, 50), 3);

        Resembles(found, 70, 50, 4, most: 2);
        Assert.Equal([], purifier.ValidationMessages);
    }

    private static void Resembles(FrameRun found, int width, int height, int overlap, int most)
    {
        using OnnxPurifier processor = OnnxPurifier.Open(ModelCatalog.Resolve("maep-patch4"), 1);
        FrameRun expected = FrameRun.Of(processor, FrameRun.Format(width, height), found.Frames.Count, overlap);

        Assert.Equal((found.Frames.Count, 0, null), (found.Result.Frames, found.Result.Unpurified, found.Failure));
        for (int i = 0; i < found.Frames.Count; i++)
        {
            (FrameRun.Frame here, FrameRun.Frame there) = (found.Frames[i], expected.Frames[i]);
            Assert.Equal((i, true), (here.Id, here.IsPurified));
            Assert.Equal(there.Raw, here.Raw);
            int apart = here.Purified.Zip(there.Purified, (a, b) => Math.Abs(a - b)).Count(difference => difference > most);
            Assert.InRange(apart, 0, here.Purified.Length / 1000);
            Assert.InRange(Psnr.Between(there.Purified, here.Purified), 50, double.PositiveInfinity);
            Assert.NotEqual(there.Raw, here.Purified);      // it changed something: this compares something
        }
    }
}
