using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Commands;

public sealed class PurifyCommandTests : IDisposable
{
    private readonly Clips clips = new();
    private readonly TinyModels models = new();

    public void Dispose()
    {
        clips.Dispose();
        models.Dispose();
    }

    [Fact]
    public void A_clip_comes_out_with_its_frames_time_stamps_and_sound_and_one_line_sums_it_up()
    {
        string input = clips.Make("in.mp4", "-f lavfi -i testsrc2=s=70x46:r=25 -f lavfi -i sine=d=1 -frames:v 15 -pix_fmt yuv420p -c:a aac {out}");
        string output = clips.PathOf("out.mp4");

        Outcome outcome = Run("purify", "-i", input, "-o", output, "-m", models.Identity());

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Output));
        Assert.Equal(Clips.Pts(input), Clips.Pts(output));
        Assert.Equal(Clips.Probe(input, "-select_streams a -show_entries packet=pts,size"), Clips.Probe(output, "-select_streams a -show_entries packet=pts,size"));
        string[] lines = outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("device cpu", lines[0], StringComparison.Ordinal);
        Assert.Contains("70x46 in 6 tiles of 32, overlap 2", lines[0], StringComparison.Ordinal);
        Assert.Matches($"^realtime: 15 frames in .* fps\\), dropped 0, unpurified 0, \\d+ % of tiles reused -> {output}$", lines[1]);
    }

    [Fact]
    public void The_purifier_is_what_makes_the_difference()
    {
        string input = clips.Make("in.mkv", "-f lavfi -i testsrc2=s=80x60:r=25 -vf format=gbrp,scale=41:35 -frames:v 3 -c:v ffv1 -pix_fmt bgr0 {out}");
        string output = clips.PathOf("out.mkv");

        Assert.Equal(0, Run("purify", "-i", input, "-o", output, "-m", models.Invert(), "--codec", "ffv1", "--pix-fmt", "bgr0").ExitCode);

        byte[] before = Decode(input), after = Decode(output);
        Assert.Equal(3 * 41 * 35 * 3, after.Length);
        Assert.Equal(before.Select(value => (byte)(255 - value)), after);
    }

    [Theory]
    [InlineData(1, 1, "ffv1", "bgr0")]
    [InlineData(7, 5, "ffv1", "bgr0")]
    [InlineData(33, 31, "libx264", "yuv444p")]
    [InlineData(64, 47, "ffv1", "yuv422p")]
    [InlineData(64, 48, "libx264", "yuv420p10le")]
    public void Any_size_depth_and_subsampling_keeps_its_frames(int width, int height, string codec, string format)
    {
        string input = clips.Make("in.mkv", $"-f lavfi -i testsrc2=s=80x60:r=25 -vf format=gbrp,scale={width}:{height} -frames:v 4 -c:v {codec} -pix_fmt {format} {{out}}");
        string output = clips.PathOf("out.mkv");

        Outcome outcome = Run("purify", "-i", input, "-o", output, "-m", models.Identity(), "--codec", codec, "--overlap", "6");

        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Equal(Clips.Pts(input), Clips.Pts(output));
        Assert.Equal($"{width},{height},{format}", Clips.Probe(output, "-select_streams v -show_entries stream=width,height,pix_fmt").TrimEnd(','));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(40, 33)]
    public void A_picture_of_any_size_comes_out_as_a_picture(int width, int height)
    {
        string input = clips.Make("in.png", $"-f lavfi -i testsrc2=s=80x60:r=25 -vf format=gbrp,scale={width}:{height} -frames:v 1 {{out}}");
        string output = clips.PathOf("out.png");

        Outcome outcome = Run("purify", "-i", input, "-o", output, "-m", models.Invert());

        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Equal(Decode(input).Select(value => (byte)(255 - value)), Decode(output));
    }

    [Fact]
    public void Between_two_pipes_it_speaks_y4m_and_stdout_carries_nothing_else()
    {
        string input = clips.Make("in.y4m", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 4 -pix_fmt yuv444p {out}");

        (int exitCode, byte[] output, string errors) = Pipe(File.ReadAllBytes(input), "purify", "-i", "-", "-o", "-", "-m", models.Identity());

        Assert.True(exitCode == 0, errors);
        string piped = clips.PathOf("piped.y4m");
        File.WriteAllBytes(piped, output);
        Assert.Equal("64,48,4", Clips.Probe(piped, "-count_frames -show_entries stream=width,height,nb_read_frames"));
    }

    [Fact]
    public void An_existing_output_is_replaced_only_with_y_and_frames_stops_early()
    {
        string input = clips.Plain();
        string output = clips.PathOf("out.mp4");
        File.WriteAllText(output, "precious");

        Outcome refused = Run("purify", "-i", input, "-o", output, "-m", models.Identity());
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal($"realtime: output '{output}' exists; -y replaces it.\n", refused.Errors);
        Assert.Equal("precious", File.ReadAllText(output));

        Assert.Equal(0, Run("purify", "-i", input, "-o", output, "-m", models.Identity(), "-y", "--frames", "5").ExitCode);
        Assert.Equal(5, Clips.Pts(output).Length);
    }

    [Fact]
    public void Progress_as_json_is_one_object_a_line()
    {
        Outcome outcome = Run("purify", "-i", clips.Plain(), "-o", clips.PathOf("out.mp4"), "-m", models.Identity(), "--progress=json", "--log-level", "error");

        Assert.Equal(0, outcome.ExitCode);
        string last = outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(last);
        Assert.Equal(12, json.RootElement.GetProperty("frame").GetInt32());
        Assert.Equal(12, json.RootElement.GetProperty("frames").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("dropped").GetInt32());
    }

    [Fact]
    public void The_summary_tells_how_many_tiles_a_still_scene_reused()
    {
        string input = clips.Make("still.mkv", "-f lavfi -i color=c=red:s=70x46:r=25 -frames:v 10 -c:v ffv1 -pix_fmt bgr0 {out}");

        Outcome reused = Run("purify", "-i", input, "-o", clips.PathOf("a.mkv"), "-m", models.Identity());
        Outcome every = Run("purify", "-i", input, "-o", clips.PathOf("b.mkv"), "-m", models.Identity(), "--no-tile-reuse");

        Assert.Contains(", unpurified 0, 90 % of tiles reused -> ", reused.Errors, StringComparison.Ordinal);
        Assert.Contains(", unpurified 0, 0 % of tiles reused -> ", every.Errors, StringComparison.Ordinal);
        Assert.Equal(Decode(clips.PathOf("a.mkv")), Decode(clips.PathOf("b.mkv")));
    }

    [Fact]
    public void A_trace_is_written_beside_the_output()
    {
        string trace = clips.PathOf("trace.json");

        Outcome outcome = Run("purify", "-i", clips.Plain(), "-o", clips.PathOf("out.mp4"), "-m", models.Identity(), "--trace", trace);

        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(trace));
        Assert.Equal(12, json.RootElement.EnumerateArray().Count(one => one.GetProperty("name").GetString() == "purify" && one.GetProperty("ph").GetString() == "X"));
        Assert.Empty(Directory.GetFiles(clips.Folder, "*partial*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }));
    }

    [Fact]
    public void A_benchmark_writes_nothing_and_compares_with_bare_inference()
    {
        string input = clips.Plain();
        string[] before = Directory.GetFiles(clips.Folder);

        Outcome outcome = Run("purify", "-i", input, "--benchmark", "-m", models.Identity());

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(before, Directory.GetFiles(clips.Folder));
        foreach (string stage in new[] { "source", "gather", "purify", "blend", "sink", "latency", "end to end", "bare inference", "ratio", "share of time in inference" })
            Assert.Contains(outcome.Output.Split('\n'), line => line.StartsWith(stage, StringComparison.Ordinal));
        Assert.Contains("over 12 frames", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_that_could_not_be_purified_are_kept_told_of_and_cost_the_exit_code()
    {
        string output = clips.PathOf("out.mp4");

        Outcome outcome = Run("purify", "-i", clips.Plain(), "-o", output, "-m", models.NotANumber());

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("12 of 12 frames could not be purified and were passed through as they came; frame 0: the purifier gave values that are not finite", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(12, Clips.Pts(output).Length);
    }

    private byte[] Decode(string clip) => File.ReadAllBytes(clips.Make(Path.GetFileName(clip) + ".rgb", $"-i {clip} -f rawvideo -pix_fmt rgb24 {{out}}"));
}
