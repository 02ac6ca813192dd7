using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Realtime.Filter.Errors;
using Realtime.Filter.Solids;
using Realtime.Filter.Tests.Classifiers;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Video;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Commands;

public sealed class DemoCommandTests : IDisposable
{
    private readonly TinyModels models = new();
    private readonly TinyVictim victim = new(labels: string.Join(',', SolidsPictures.Labels), classes: 10);

    public void Dispose()
    {
        models.Dispose();
        victim.Dispose();
    }

    [Fact]
    public void A_table_a_video_and_a_picture_come_out()
    {
        string folder = Path.Combine(models.Folder, "new", "demo");
        Outcome outcome = Demo(folder, "--seconds", "2", "--fps", "3", "--steps", "2");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        Assert.Matches(@"frames +6\n", outcome.Output);
        Assert.Contains("attack PGD-2 8/255 on classifier tiny; purifier identity", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("does not know the purifier (transfer)", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder, "demo.mp4"), outcome.Output, StringComparison.Ordinal);

        Assert.Equal(["demo.mp4", "demo.png"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        using Image<Rgb24> picture = Image.Load<Rgb24>(Path.Combine(folder, "demo.png"));
        using IFrameSource video = FrameSources.Open(Path.Combine(folder, "demo.mp4"));
        Assert.Equal((video.Format.Width, video.Format.Height), (picture.Width, picture.Height));
        Assert.Equal(6, video.Format.FrameCount);
    }

    // An identity purifier changes nothing: the purified pictures must score exactly as those that went in.
    [Fact]
    public void Purified_by_the_identity_scores_like_unpurified()
    {
        string table = Demo(models.Folder, "--seconds", "3", "--fps", "2", "--attack", "fgsm").Output;
        Assert.NotEmpty(Figure(table, "accuracy, raw frames"));
        Assert.Equal(Figure(table, "accuracy, raw frames"), Figure(table, "accuracy, raw frames purified"));
        Assert.Equal(Figure(table, "accuracy, attacked frames"), Figure(table, "accuracy, attacked frames purified"));
    }

    [Theory]
    [InlineData("--seconds", "0", "--seconds must be from 0.1 to 3600, found 0.")]
    [InlineData("--fps", "61", "--fps must be from 1 to 60, found 61.")]
    [InlineData("--eps", "8", "8/255")]
    [InlineData("--attack", "magic", "'magic' is unknown; there are fgsm, pgd, mi-fgsm")]
    [InlineData("--overlap", "16", "--overlap 16 is too large for tiles of 32 pixels: at most 15.")]
    public void A_wrong_flag_is_a_usage_error_that_names_it(string flag, string value, string expected)
    {
        string folder = Path.Combine(models.Folder, "out");
        Outcome outcome = Demo(folder, flag, value);
        Assert.Equal((int)ExitCode.Usage, outcome.ExitCode);
        Assert.Contains(expected, outcome.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void Ctrl_C_leaves_nothing_behind()
    {
        Outcome outcome = RunAndSignal(
            PosixSignal.SIGINT, toGroup: true, cue: "\"frame\":",
            "demo", "-m", models.Identity(), "--classifier", victim.Path, "-o", Path.Combine(models.Folder, "out"), "--seconds", "600", "--progress", "json");
        Assert.Equal((int)ExitCode.Interrupted, outcome.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(models.Folder, "out")));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        Outcome outcome = Demo(Path.Combine(victim.Path, "demo"), "--seconds", "1");
        Assert.Equal((int)ExitCode.Failed, outcome.ExitCode);
        Assert.Contains("cannot be made", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_classifier_of_other_things_is_rejected()
    {
        using TinyVictim other = new();
        Outcome outcome = Run("demo", "-m", models.Identity(), "--classifier", other.Path, "-o", models.Folder, "--log-level", "warning");
        Assert.Equal((int)ExitCode.ModelRejected, outcome.ExitCode);
        Assert.Contains("red, green, blue", outcome.Errors, StringComparison.Ordinal);
    }

    private Outcome Demo(string folder, params string[] more) =>
        Run(["demo", "-m", models.Identity(), "--classifier", victim.Path, "-o", folder, "--log-level", "warning", .. more]);

    private static string Figure(string table, string row) =>
        Regex.Match(table, $@"  {row} +(\d+\.\d) %").Groups[1].Value;
}
