using Realtime.Filter.Tests.Classifiers;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Commands;

/// <summary>purify with a classifier behind it, as a user calls it.</summary>
public sealed class PurifyClassifierTests : IDisposable
{
    private readonly Clips clips = new();
    private readonly TinyModels models = new();
    private readonly ForeignModels foreign = new();

    public void Dispose()
    {
        clips.Dispose();
        models.Dispose();
        foreign.Dispose();
    }

    [Fact]
    public void Guard_mode_writes_the_very_frames_it_read_and_says_how_it_feeds_the_classifier()
    {
        string input = clips.Make("in.mkv", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 6 -c:v ffv1 -pix_fmt bgr0 {out}");
        string output = clips.PathOf("out.mkv");

        Outcome outcome = Run("purify", "-i", input, "-o", output, "-m", models.Invert(), "--classifier", foreign.Nhwc(), "--protect", "classifier", "--codec", "ffv1", "--pix-fmt", "bgr0");

        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Equal(Pixels(input), Pixels(output));
        Assert.Contains("classifier foreign: 7x5, nhwc rgb, mean 0.485,0.456,0.406, deviation 0.229,0.224,0.225, 3 classes, logits; only what it sees is purified", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("ImageNet's mean and deviation are assumed", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("7x5 in 1 tiles of 32", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("realtime: 6 frames in", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--protect classifier", "--protect classifier needs to know which")]
    [InlineData("--labels x.txt", "--labels is about a classifier")]
    [InlineData("--classifier-mean 0.5", "--classifier-mean is about a classifier")]
    [InlineData("--classifier cifar10 --classifier-mean 1,2", "one number or three")]
    [InlineData("--classifier cifar10 --classifier-std 0", "one positive number or three")]
    [InlineData("--classifier cifar10 --classifier-size 0x5", "from 1 to 4096 pixels")]
    [InlineData("--classifier cifar10 --benchmark", "--benchmark measures the purifier alone")]
    [InlineData("--classifier cifar10 --top 0", "--top must be at least 1")]
    public void Flags_that_do_not_go_together_are_refused_at_once(string flags, string message)
    {
        Outcome outcome = Run(["purify", "-i", "absent.mp4", "-o", "none", .. flags.Split(' ')]);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(message, outcome.Errors, StringComparison.Ordinal);
    }

    private byte[] Pixels(string clip) => File.ReadAllBytes(clips.Make(Path.GetFileName(clip) + ".rgb", $"-i {clip} -f rawvideo -pix_fmt rgb24 {{out}}"));
}
