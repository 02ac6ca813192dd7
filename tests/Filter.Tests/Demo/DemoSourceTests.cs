using Realtime.Filter.Attacks;
using Realtime.Filter.Demo;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Solids;

namespace Realtime.Filter.Tests.Demo;

public class DemoSourceTests
{
    private const float Epsilon = 8f / 255;

    private static readonly SolidsOptions Scene = new(Seconds: 4, Width: 24, Height: 20, FramesPerSecond: 3);

    // The classifier knows the raw frames; the attack leads away from them, the purifier back, and raw frames it leads away.
    [Fact]
    public void Each_of_the_four_pictures_is_judged_for_itself()
    {
        using DemoSource demo = Create(workers: 1);
        List<byte[]> frames = ReadAll(demo);

        Assert.Equal(12, frames.Count);
        Assert.Equal(12, demo.Score.Frames);
        Assert.Equal((12, 0, 12, 0), (demo.Score.RawRight, demo.Score.AttackedRight, demo.Score.PurifiedRight, demo.Score.CleanRight));
        Assert.Equal(0, demo.Score.Unpurified);

        // 8 levels are 30 dB.
        Assert.InRange(demo.Score.AttackedPsnr, 30, 32);
        Assert.True(demo.Score.PurifiedPsnr > demo.Score.AttackedPsnr + 5);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_frame()
    {
        using DemoSource one = Create(workers: 1), three = Create(workers: 3);
        Assert.Equal(ReadAll(one), ReadAll(three));
    }

    [Fact]
    public void The_still_is_a_rescued_frame_of_the_second_half()
    {
        using DemoSource demo = Create(workers: 2);
        List<byte[]> frames = ReadAll(demo);
        Assert.True(demo.StillShowsRescue);
        Assert.Equal(frames[6], demo.Still);
    }

    [Fact]
    public void Time_stamps_are_the_scenes()
    {
        using DemoSource demo = Create(workers: 1);
        FrameSlot slot = new(demo.Format);
        for (int frame = 0; frame < 12; frame++)
        {
            Assert.True(demo.TryRead(slot, CancellationToken.None));
            Assert.Equal(frame, slot.Pts);
        }

        Assert.False(demo.TryRead(slot, CancellationToken.None));
        Assert.Equal((new TimeBase(1, 3), 12L), (demo.Format.TimeBase, demo.Format.FrameCount));
    }

    [Fact]
    public void A_classifier_of_other_things_is_rejected()
    {
        DemoModels models = Models(1) with { Classifier = new MemorisingClassifier(Scene, ["cat", "dog"]) };
        UserErrorException error = Assert.Throws<UserErrorException>(() => new DemoSource(Scene, models, 1, "test"));
        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("cat, dog", error.Message);
        Assert.Contains("sphere", error.Message);
    }

    [Fact]
    public void The_table_names_the_figures_and_the_threat_model()
    {
        using DemoSource demo = Create(workers: 1);
        ReadAll(demo);
        string table = DemoReport.Table(demo.Score, "the heading");
        Assert.StartsWith("the heading\n", table);
        Assert.Matches(@"raw frames +100\.0 %\n", table);
        Assert.Matches(@"attacked frames +0\.0 %  PSNR 3[01]\.\d dB", table);
        Assert.Matches(@"raw frames purified +0\.0 %\n", table);
        Assert.Matches(@"steps at tile borders, purified and raw +\d\.\d{3}, \d\.\d{3} of those elsewhere\n", table);
        Assert.Contains("knows the classifier", table);
        Assert.Contains("is not stopped", table);
    }

    private static DemoSource Create(int workers) => new(Scene, Models(workers), 1, "test");

    private static DemoModels Models(int workers)
    {
        FrameAttacker[] attackers =
            [.. Enumerable.Range(0, workers).Select(_ => new FrameAttacker(new ShiftAttack(Epsilon), new SilentVictim(24 * 20 * 3), 1))];
        return new DemoModels(new MemorisingClassifier(Scene), new ShiftPurifier(Epsilon), 1, attackers);
    }

    private static List<byte[]> ReadAll(DemoSource demo)
    {
        List<byte[]> frames = [];
        FrameSlot slot = new(demo.Format);
        while (demo.TryRead(slot, CancellationToken.None))
            frames.Add([.. slot.Raw]);
        return frames;
    }
}
