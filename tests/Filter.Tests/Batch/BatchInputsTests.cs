using Realtime.Filter.Batch;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Tests.Batch;

public sealed class BatchInputsTests : IDisposable
{
    private readonly Archive archive = new();

    public void Dispose() => archive.Dispose();

    [Theory]
    [InlineData("a.mp4", null, "a.mp4")]
    [InlineData("a.mkv", null, "a.mkv")]
    [InlineData("b/a.WMV", null, "b/a.WMV.mp4")]
    [InlineData("a.mp4", ".mkv", "a.mp4.mkv")]
    [InlineData("a.mkv", ".mkv", "a.mkv")]
    [InlineData("p.png", ".mkv", "p.png")]
    [InlineData("p.bmp", null, "p.bmp.png")]
    public void Names_that_would_meet_keep_their_old_extension(string name, string? extension, string output) =>
        Assert.Equal(output, OutputNames.For(name, extension));

    [Theory]
    [InlineData("*.mp4", "deep/a.mp4", true)]
    [InlineData("*.mp4", "a.mp4.txt", false)]
    [InlineData("?.mp4", "deep/ab.mp4", false)]
    [InlineData("deep/*.mp4", "deep/a.mp4", true)]
    [InlineData("deep/*.mp4", "deep/er/a.mp4", false)]
    [InlineData("**/er/*", "deep/er/a.mp4", true)]
    [InlineData("**/er/*", "er/a.mp4", true)]
    [InlineData("deep/**", "deep/er/a.mp4", true)]
    [InlineData("a+(1).mp4", "a+(1).mp4", true)]
    public void Patterns(string pattern, string name, bool matches) => Assert.Equal(matches, new GlobPattern(pattern).Matches(name));

    [Fact]
    public void Include_and_exclude_choose()
    {
        Touch("a.mp4", "b.mp4", "old/a.mp4", "c.dat");

        Assert.Equal(["a.mp4"], Names(settings => settings with { Include = ["a.*"], Exclude = ["old/**"] }));
        Assert.Equal(["c.dat"], Names(settings => settings with { Include = ["*.dat"] }));
    }

    [Fact]
    public void The_output_folder_hidden_things_and_linked_folders_are_no_inputs()
    {
        Touch("a.mp4", "out/a.mp4", ".cache/b.mp4", ".c.mp4", "deep/d.mp4");
        Directory.CreateSymbolicLink(archive.Inside("deep/loop"), archive.Input);

        Assert.Equal(["a.mp4", "deep/d.mp4"], Names(settings => settings with { Output = archive.Inside("out") }));
    }

    [Fact]
    public void Two_files_with_one_output_are_refused()
    {
        Touch("a.wmv", "a.wmv.mp4");
        Refused(ExitCode.Usage, "'a.wmv' and 'a.wmv.mp4' would both become 'a.wmv.mp4'", settings => settings);
    }

    [Fact]
    public void An_output_that_is_an_input_is_refused()
    {
        Touch("a.mp4");
        Refused(ExitCode.Usage, "would be replaced", settings => settings with { Output = settings.Input });
    }

    [Fact]
    public void An_empty_folder_an_absent_one_and_a_single_video_are_told()
    {
        Refused(ExitCode.Failed, "has no video or picture", settings => settings);
        Refused(ExitCode.Failed, "does not exist", settings => settings with { Input = archive.Beside("absent") });
        Touch("a.mp4");
        Refused(ExitCode.Usage, "./realtime purify", settings => settings with { Input = archive.Inside("a.mp4") });
        Refused(ExitCode.Failed, "that --include and --exclude leave", settings => settings with { Exclude = ["*"] });
    }

    private void Touch(params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(archive.Inside(name))!);
            File.WriteAllText(archive.Inside(name), "x");
        }
    }

    private string[] Names(Func<BatchSettings, BatchSettings> change) => [.. BatchInputs.Find(change(archive.Settings())).Select(item => item.Name)];

    private void Refused(ExitCode code, string message, Func<BatchSettings, BatchSettings> change)
    {
        UserErrorException refused = Assert.Throws<UserErrorException>(() => BatchInputs.Find(change(archive.Settings())));
        Assert.Equal(code, refused.ExitCode);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }
}
