using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Solids;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Solids;

public class SolidsSourceTests
{
    [Fact]
    public void Ten_seconds_show_every_class_once()
    {
        using SolidsSource source = new(SolidsOptions.Parse("solids:fps=2,size=16x16"));
        FrameSlot slot = new(source.Format);
        List<int> labels = [];
        while (source.TryRead(slot, CancellationToken.None))
        {
            Assert.Equal(labels.Count, slot.Pts);
            Assert.Equal(1, slot.Duration);
            labels.Add(slot.TrueLabel);
        }

        Assert.Equal(20, labels.Count);
        Assert.Equal(20, source.Format.FrameCount);
        Assert.Equal(new TimeBase(1, 2), source.Format.TimeBase);
        Assert.Equal(Enumerable.Range(0, 10), labels.Distinct().Order());
        for (int i = 0; i < 20; i += 2)
            Assert.Equal(labels[i], labels[i + 1]);
    }

    [Fact]
    public void The_second_ten_seconds_come_in_another_order()
    {
        SolidsScene scene = new(1, 1);
        byte[] picture = new byte[3];
        int[] labels = [.. Enumerable.Range(0, 20).Select(frame => scene.Render(frame, 1, 1, picture))];
        Assert.Equal(labels[..10].Order(), labels[10..].Order());
        Assert.NotEqual(labels[..10], labels[10..]);
    }

    [Fact]
    public void Neighbouring_frames_of_a_shot_differ_a_little_and_shots_differ_much()
    {
        SolidsScene scene = new(4, 25);
        byte[][] frames = [Render(scene, 10), Render(scene, 11), Render(scene, 35)];
        double within = MeanDifference(frames[0], frames[1]), between = MeanDifference(frames[0], frames[2]);
        Assert.InRange(within, 0.01, 15);
        Assert.True(between > 2 * within, $"between shots {between}, within one {within}");
    }

    [Fact]
    public void Two_sources_of_one_seed_agree_and_of_two_seeds_do_not()
    {
        Assert.Equal(FirstFrame("solids:seed=7,size=32x24"), FirstFrame("solids:size=32x24,seed=7,seconds=0"));
        Assert.NotEqual(FirstFrame("solids:seed=7,size=32x24"), FirstFrame("solids:seed=8,size=32x24"));
    }

    [Fact]
    public void The_defaults_are_ten_seconds_at_25_frames_of_160x160()
    {
        using SolidsSource source = new(SolidsOptions.Parse("solids:"));
        Assert.Equal(new FrameFormat(160, 160, new TimeBase(1, 25), 25, 250), source.Format);
    }

    [Fact]
    public void The_scene_is_an_input_like_any_other()
    {
        using IFrameSource source = FrameSources.Open("solids:size=32x24");
        Assert.Equal("solids:seconds=10,seed=1,size=32x24,fps=25", source.Name);
    }

    [Fact]
    public void Zero_seconds_is_endless()
    {
        using SolidsSource source = new(SolidsOptions.Parse("solids:seconds=0,size=16x16"));
        Assert.Null(source.Format.FrameCount);
    }

    [Theory]
    [InlineData("solids:length=3", "unknown key 'length'; the keys are seconds, seed, size and fps")]
    [InlineData("solids:seconds", "seconds is ''")]
    [InlineData("solids:seconds=-1", "seconds is '-1'")]
    [InlineData("solids:seconds=1e99", "seconds is '1e99'")]
    [InlineData("solids:seed=1.5", "seed is '1.5'")]
    [InlineData("solids:size=160", "size is '160'; write it as WIDTHxHEIGHT")]
    [InlineData("solids:size=8x160", "size (width) is '8'; give a whole number from 16 to 4096")]
    [InlineData("solids:size=160x9999", "size (height) is '9999'")]
    [InlineData("solids:fps=0", "fps is '0'; give a whole number from 1 to 240")]
    public void A_wrong_option_is_a_usage_error_that_names_it(string input, string expected)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => SolidsOptions.Parse(input));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(expected, error.Message);
        Assert.Contains(input, error.Message);
    }

    private static byte[] FirstFrame(string input)
    {
        using SolidsSource source = new(SolidsOptions.Parse(input));
        FrameSlot slot = new(source.Format);
        Assert.True(source.TryRead(slot, CancellationToken.None));
        return slot.Raw;
    }

    private static byte[] Render(SolidsScene scene, long frame)
    {
        byte[] picture = new byte[32 * 32 * 3];
        scene.Render(frame, 32, 32, picture);
        return picture;
    }

    private static double MeanDifference(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Average();
}
