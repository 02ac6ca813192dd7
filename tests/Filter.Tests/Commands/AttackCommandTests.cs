using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Solids;
using Realtime.Filter.Tests.Classifiers;
using Realtime.Filter.Tests.Video;
using Realtime.Filter.Video;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Commands;

public sealed class AttackCommandTests : IDisposable
{
    private readonly Clips clips = new();
    private readonly TinyVictim victim = new();

    public void Dispose()
    {
        clips.Dispose();
        victim.Dispose();
    }

    [Theory]
    [InlineData("fgsm", "8/255", 8)]
    [InlineData("pgd", "0.03", 7)]
    [InlineData("mi-fgsm", "4/255", 4)]
    [InlineData("bim", "4/255", 4)]
    [InlineData("pgd-cw", "4/255", 4)]
    [InlineData("apgd-ce", "4/255", 4)]
    [InlineData("mi-ti-di-fgsm", "4/255", 4)]
    public void The_written_frames_are_inside_the_ball_and_changed(string attack, string epsilon, int levels)
    {
        string input = clips.Plain(frames: 7), output = clips.PathOf("out.mkv");
        Outcome outcome = Attack(input, output, "--attack", attack, "--eps", epsilon);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        AttackTally written = Compare(input, output);
        Assert.Equal(7, written.Frames);
        Assert.InRange(written.LargestChange, 1, levels);
        Assert.Contains("every value is inside the ball", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("before 100.0 %", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("own verdict", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("64x48 frames resized to 4x3", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(Clips.Pts(input).Length, Clips.Pts(output).Length);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_the_file()
    {
        string input = clips.Plain(frames: 5), two = clips.PathOf("two.mkv"), three = clips.PathOf("three.mkv");
        Attack(input, two);
        Attack(input, three, "--threads", "3");

        Assert.Equal(0, Compare(two, three).LargestChange);
    }

    [Fact]
    public void A_wide_ball_leaves_nothing_of_the_label()
    {
        Outcome outcome = Attack(clips.Plain(frames: 3), clips.PathOf("out.nut"), "--eps", "0.9");

        Assert.Contains("before 100.0 %, after 0.0 %", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_can_be_given_by_name_or_index_and_a_wrong_one_is_refused()
    {
        string input = clips.Plain(frames: 2);
        Outcome named = Attack(input, clips.PathOf("a.mkv"), "--label", "BLUE"), indexed = Attack(input, clips.PathOf("b.mkv"), "--label", "2");
        Outcome wrong = Attack(input, clips.PathOf("c.mkv"), "--label", "violet");

        Assert.Contains("'blue' for every frame", named.Output, StringComparison.Ordinal);
        Assert.Equal(0, Compare(clips.PathOf("a.mkv"), clips.PathOf("b.mkv")).LargestChange);
        Assert.Equal(0, indexed.ExitCode);
        Assert.Equal((int)ExitCode.Usage, wrong.ExitCode);
        Assert.Contains("red, green, blue", wrong.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(clips.PathOf("c.mkv")));
    }

    [Fact]
    public void The_scene_knows_its_true_classes()
    {
        using TinyVictim solids = new(labels: string.Join(',', SolidsPictures.Labels), classes: 10);
        Outcome outcome = Run("attack", "-i", "solids:seconds=1,fps=4,size=24x20", "-o", clips.PathOf("out.mkv"), "--classifier", solids.Path, "--attack", "fgsm");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("the true class of every frame", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("4 frames read back", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lossy_codec_is_warned_about_and_measured()
    {
        Outcome outcome = Attack(clips.Plain(frames: 3), clips.PathOf("out.mp4"), "--attack", "fgsm", "--eps", "1/255", "--codec", "libx264");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("not stored without loss", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("the encoder is lossy", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_and_folders_of_pictures_are_attacked_too()
    {
        string picture = clips.Make("one.png", "-f lavfi -i testsrc2=s=20x14 -frames:v 1 {out}");
        Directory.CreateDirectory(clips.PathOf("pngs"));
        Directory.CreateDirectory(clips.PathOf("jpegs"));
        clips.Make("pngs/%d.png", "-f lavfi -i testsrc2=s=20x14 -frames:v 3 {out}");
        clips.Make("jpegs/%d.jpg", "-f lavfi -i testsrc2=s=20x14 -frames:v 2 {out}");

        Outcome one = Attack(picture, clips.PathOf("out.png")), three = Attack(clips.PathOf("pngs"), clips.PathOf("attacked")), jpegs = Attack(clips.PathOf("jpegs"), clips.PathOf("loss/"));
        Outcome again = Attack(clips.PathOf("pngs"), clips.PathOf("attacked"));

        Assert.Contains("1 frames read back, changed by at most 8 levels", one.Output, StringComparison.Ordinal);
        Assert.Contains("3 frames read back, changed by at most 8 levels", three.Output, StringComparison.Ordinal);
        Assert.Equal("", one.Errors + three.Errors);
        Assert.Contains("not stored without loss", jpegs.Errors, StringComparison.Ordinal);
        Assert.Equal(0, jpegs.ExitCode);
        Assert.Equal((int)ExitCode.Usage, again.ExitCode);
    }

    [Fact]
    public void A_pipe_gets_y4m_and_nothing_else()
    {
        Outcome outcome = Attack(clips.Plain(frames: 2), "-", "--attack", "fgsm");

        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("YUV4MPEG2", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("cannot be read twice", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_as_many_frames_as_asked_for_are_written()
    {
        string output = clips.PathOf("out.mkv");
        Outcome outcome = Attack(clips.Plain(frames: 6), output, "--frames", "4");

        Assert.Contains("4 frames read back", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(4, Clips.Pts(output).Length);
    }

    [Fact]
    public void An_output_that_exists_is_not_overwritten_unasked()
    {
        string output = clips.PathOf("out.mkv");
        File.WriteAllText(output, "precious");

        Assert.Equal((int)ExitCode.Usage, Attack(clips.Plain(frames: 2), output).ExitCode);
        Assert.Equal("precious", File.ReadAllText(output));
    }

    [Fact]
    public void A_classifier_with_an_operator_that_has_no_gradient_rule_is_rejected_by_file_and_operator()
    {
        OnnxGraphBuilder g = new();
        string waves = g.Node("Cos", [g.Input("picture", OnnxDimension.Batch, 3, 4, 4)]);
        g.Output(g.ReduceMean(waves, keepDimensions: false, 2, 3), "logits", OnnxDimension.Batch, 3);
        OnnxWriter.Write(g.Build(), victim.PathOf("waves.onnx"));
        Outcome outcome = Run("attack", "-i", clips.Plain(frames: 2), "-o", clips.PathOf("out.mkv"), "--classifier", victim.PathOf("waves.onnx"));

        Assert.Equal((int)ExitCode.ModelRejected, outcome.ExitCode);
        Assert.Contains("waves.onnx", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("(Cos)", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_classifier_that_answers_nan_is_rejected_and_leaves_no_file()
    {
        using TinyVictim broken = new(scale: float.NaN);
        string output = clips.PathOf("out.mkv");
        Outcome outcome = Run("attack", "-i", clips.Plain(frames: 2), "-o", output, "--classifier", broken.Path);

        Assert.Equal((int)ExitCode.ModelRejected, outcome.ExitCode);
        Assert.Contains("not a number", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(clips.Folder));
    }

    [Theory]
    [InlineData("apgd-t")]
    [InlineData("autoattack")]
    public void Too_few_classes_for_an_attack_are_told_before_it_starts(string attack)
    {
        Outcome outcome = Attack(clips.Plain(frames: 2), clips.PathOf("out.mkv"), "--attack", attack);

        Assert.Equal((int)ExitCode.Usage, outcome.ExitCode);
        Assert.Contains("needs at least 4 classes; classifier", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--classifier", "x", "--eps", "8")]
    [InlineData("--classifier", "x", "--attack", "cw")]
    [InlineData("--classifier", "x", "--frames", "0")]
    [InlineData("--classifier", "x", "--attack", "fgsm", "--restarts", "3")]
    [InlineData("--attack", "fgsm")]
    public void Wrong_command_lines_are_usage_errors(params string[] words) =>
        Assert.Equal((int)ExitCode.Usage, Run(["attack", "-i", "a.mp4", "-o", "b.mkv", .. words]).ExitCode);

    private static AttackTally Compare(string first, string second)
    {
        AttackTally tally = new();
        using IFrameSource a = FrameSources.Open(first), b = FrameSources.Open(second);
        FrameSlot left = new(a.Format), right = new(b.Format);
        while (a.TryRead(left, default) && b.TryRead(right, default))
            tally.Compare(left.Raw, right.Raw);
        return tally;
    }

    private Outcome Attack(string input, string output, params string[] more) =>
        Run(["attack", "-i", input, "-o", output, "--classifier", victim.Path, .. more]);
}
