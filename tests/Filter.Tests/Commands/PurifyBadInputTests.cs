using System.Diagnostics;
using System.Runtime.InteropServices;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Commands;

/// <summary>What a user can get wrong: the message, the exit code, and that nothing half-written stays behind.</summary>
public sealed class PurifyBadInputTests : IDisposable
{
    private readonly Clips clips = new();
    private readonly TinyModels models = new();

    public void Dispose()
    {
        clips.Dispose();
        models.Dispose();
    }

    [Fact]
    public void A_missing_file() => Fails(1, clips.PathOf("absent.mp4"), "absent.mp4' does not exist");

    [Fact]
    public void A_folder_without_pictures() => Fails(1, Directory.CreateDirectory(clips.PathOf("folder")).FullName, "folder");

    [Fact]
    public void A_text_file_named_mp4()
    {
        File.WriteAllText(clips.PathOf("text.mp4"), "Dear diary, today I am a video.");
        Fails(1, clips.PathOf("text.mp4"), "text.mp4");
    }

    [Fact]
    public void A_file_of_zero_length()
    {
        File.WriteAllText(clips.PathOf("empty.mp4"), "");
        Fails(1, clips.PathOf("empty.mp4"), "empty");
    }

    [Fact]
    public void A_truncated_clip_gives_all_its_readable_frames_and_exit_code_1_with_their_number()
    {
        string whole = clips.Make("whole.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 40 -c:v libx264 -g 1 -pix_fmt yuv420p -movflags +faststart {out}");
        byte[] bytes = File.ReadAllBytes(whole);
        string cut = clips.PathOf("cut.mp4");
        File.WriteAllBytes(cut, bytes[..(bytes.Length * 6 / 10)]);
        string output = clips.PathOf("out.mp4");

        Outcome outcome = Run("purify", "-i", cut, "-o", output, "-m", models.Identity());

        Assert.Equal(1, outcome.ExitCode);
        int kept = Clips.Pts(output).Length;
        Assert.InRange(kept, 15, 35);
        Assert.Contains($"breaks off after {kept} of 40 frames", outcome.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(clips.Folder, "*partial*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }));
    }

    [Fact]
    public void No_ffmpeg_on_the_path()
    {
        Outcome outcome = Run(new() { ["PATH"] = clips.Folder }, Arguments(clips.Plain(), models.Identity()));

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("was not found on PATH. Install it: apt-get install ffmpeg", outcome.Errors, StringComparison.Ordinal);
        NothingLeft();
    }

    [Fact]
    public void An_output_in_a_folder_that_does_not_exist()
    {
        Outcome outcome = Run("purify", "-i", clips.Plain(), "-o", clips.PathOf("no/such/out.mp4"), "-m", models.Identity());

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("no/such' does not exist", outcome.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(clips.PathOf("no")));
    }

    [Fact]
    public void An_output_that_is_the_input()
    {
        string input = clips.Plain("out.mp4");
        byte[] before = File.ReadAllBytes(input);

        Outcome outcome = Run("purify", "-i", input, "-o", Path.Combine(clips.Folder, ".", "out.mp4"), "-m", models.Identity(), "-y");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("the same file", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(input));
    }

    [SkippableFact]
    public void A_full_disk()
    {
        string disk = Directory.CreateDirectory(clips.PathOf("disk")).FullName;
        using Process mount = Process.Start(new ProcessStartInfo("mount", $"-t tmpfs -o size=64k realtime-test {disk}") { RedirectStandardError = true })!;
        mount.WaitForExit();
        Skip.If(mount.ExitCode != 0, "a tiny disk cannot be mounted here: that needs root");
        try
        {
            string input = clips.Make("noise.mkv", "-f lavfi -i testsrc2=s=128x96:r=25 -vf noise=alls=90:allf=t -frames:v 40 -c:v libx264 -pix_fmt yuv420p {out}");

            Outcome outcome = Run("purify", "-i", input, "-o", Path.Combine(disk, "out.mkv"), "-m", models.Identity(), "--codec", "ffv1");

            Assert.Equal(1, outcome.ExitCode);
            Assert.Contains("the disk is full", outcome.Errors, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            Clips.Run("umount", disk);
        }
    }

    [Fact]
    public void An_unknown_model_is_answered_with_the_list_of_those_there_are()
    {
        models.Invert();
        models.Identity();
        Outcome outcome = Run(new() { ["REALTIME_MODELS"] = models.Folder }, Arguments(clips.Plain(), "maep-patch3"));

        Assert.Equal(5, outcome.ExitCode);
        Assert.Equal("realtime: unknown model 'maep-patch3'; shipped models are: identity, invert. A path to an ONNX file works too.\n", outcome.Errors);
        NothingLeft();
    }

    [Fact]
    public void A_corrupt_model_and_one_of_the_wrong_shape()
    {
        string corrupt = Path.Combine(models.Folder, "corrupt.onnx");
        File.WriteAllText(corrupt, "not a model");

        Outcome outcome = Run(Arguments(clips.Plain(), corrupt));
        Assert.Equal(5, outcome.ExitCode);
        Assert.StartsWith($"realtime: '{corrupt}' is not a readable ONNX model: ", outcome.Errors, StringComparison.Ordinal);

        outcome = Run(Arguments(clips.Plain(), models.Classifier()));
        Assert.Equal(5, outcome.ExitCode);
        Assert.Contains("expected one float32 input [N, 3, S, S]", outcome.Errors, StringComparison.Ordinal);
        NothingLeft();
    }

    [Theory]
    [InlineData("cuda:99")]
    [InlineData("tensorrt:99")]
    [InlineData("vulkan:99")]
    public void A_device_that_is_not_there(string device)
    {
        Outcome outcome = Run([.. Arguments(clips.Plain(), models.Identity()), "--device", device]);

        Assert.Equal(4, outcome.ExitCode);
        Assert.StartsWith($"realtime: device '{device}' is not available: ", outcome.Errors, StringComparison.Ordinal);
        NothingLeft();
    }

    [Theory]
    [InlineData("vulkan")]
    [InlineData("webgpu")]
    public void A_device_whose_driver_is_missing_is_not_there_and_the_driver_is_named(string device)
    {
        string absent = clips.PathOf("absent.json");

        Outcome outcome = Run(
            new() { ["VK_DRIVER_FILES"] = absent, ["VK_ICD_FILENAMES"] = absent },
            [.. Arguments(clips.Plain(), models.Identity()), "--device", device]);

        Assert.Equal(4, outcome.ExitCode);
        // Dawn has its own say before it.
        string told = Assert.Single(outcome.Errors.Split('\n'), line => line.StartsWith("realtime: ", StringComparison.Ordinal));
        Assert.StartsWith($"realtime: device '{device}' is not available: ", told, StringComparison.Ordinal);
        Assert.Contains("mesa-vulkan-drivers", told, StringComparison.Ordinal);
        NothingLeft();
    }

    [Theory]
    [InlineData("--device", "webgpu:7", "webgpu takes none")]
    [InlineData("--device", "abacus", "there are cpu, vulkan, cuda, tensorrt, webgpu")]
    [InlineData("--device", "cpu:1", "cpu takes none")]
    [InlineData("--precision", "fp8", "there are fp32, fp16")]
    public void Devices_and_precisions_that_do_not_exist(string option, string value, string told)
    {
        Outcome outcome = Run([.. Arguments(clips.Plain(), models.Identity()), option, value]);

        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith($"realtime: {option} '{value}' ", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains(told, outcome.Errors, StringComparison.Ordinal);
        NothingLeft();
    }

    [Fact]
    public void An_output_given_twice()
    {
        Outcome outcome = Run("purify", "-i", "a.mp4", "-o", "b.mp4", "-o", "c.mp4");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("'-o' expects a single argument but 2 were provided", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--overlap", "16")]
    [InlineData("--overlap", "-1")]
    [InlineData("--tile-tolerance", "-1")]
    [InlineData("--tile-tolerance", "17")]
    [InlineData("--frames", "0")]
    [InlineData("--threads", "0")]
    [InlineData("-e", "preset")]
    [InlineData("--overlap", "many")]
    [InlineData("--sharpen", "3")]
    public void A_wrong_flag_or_value(string flag, string value)
    {
        Outcome outcome = Run([.. Arguments(clips.Plain(), models.Identity()), flag, value]);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(flag, outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
        NothingLeft();
    }

    [Fact]
    public void A_tolerance_that_cannot_be_had()
    {
        Outcome both = Run([.. Arguments(clips.Plain(), models.Identity()), "--tile-tolerance", "1", "--no-tile-reuse"]);
        Outcome random = Run([.. Arguments(clips.Plain(), models.Noise()), "--tile-tolerance", "1"]);

        Assert.Equal((2, 2), (both.ExitCode, random.ExitCode));
        Assert.Contains("--no-tile-reuse and --tile-tolerance exclude each other", both.Errors, StringComparison.Ordinal);
        Assert.Contains("model 'noise' leaves something to chance", random.Errors, StringComparison.Ordinal);
        NothingLeft();
    }

    [Fact]
    public void A_trace_that_cannot_be_written()
    {
        Outcome nowhere = Run([.. Arguments(clips.Plain(), models.Identity()), "--trace", clips.PathOf("absent/trace.json")]);
        Outcome folder = Run([.. Arguments(clips.Plain(), models.Identity()), "--trace", Directory.CreateDirectory(clips.PathOf("folder")).FullName]);

        Assert.Equal((1, 1), (nowhere.ExitCode, folder.ExitCode));
        Assert.Contains("absent' does not exist", nowhere.Errors, StringComparison.Ordinal);
        Assert.Contains("name a file after --trace", folder.Errors, StringComparison.Ordinal);
        NothingLeft();
    }

    [Fact]
    public void No_input_and_no_output()
    {
        Outcome outcome = Run("purify");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("-i IN", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("-o OUT", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, true, 130)]
    [InlineData(PosixSignal.SIGINT, false, 130)]
    [InlineData(PosixSignal.SIGTERM, false, 143)]
    public void A_signal_in_the_middle_leaves_nothing_behind(PosixSignal signal, bool toGroup, int exitCode)
    {
        string[] arguments = [.. Arguments(clips.Plain(frames: 600), models.Slow()), "--progress=json"];

        Outcome outcome = RunAndSignal(signal, toGroup, "\"frame\":", arguments);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.EndsWith("realtime: interrupted; nothing was left under the final name.", outcome.Errors, StringComparison.Ordinal);
        NothingLeft();
    }

    [Fact]
    public void The_two_signals_of_timeout_are_one()
    {
        string[] arguments = [.. Arguments(clips.Plain(frames: 600), models.Slow()), "--progress=json"];

        Outcome outcome = RunAndSignal(SendTwice, line => line.Contains("\"frame\":", StringComparison.Ordinal), arguments);

        Assert.Equal(130, outcome.ExitCode);
        Assert.EndsWith("realtime: interrupted; nothing was left under the final name.", outcome.Errors, StringComparison.Ordinal);
        NothingLeft();

        static void SendTwice(Process process)
        {
            Signal(process, 2);
            Thread.Sleep(20);       // so that they do not become one in the kernel
            Signal(process, 2);
        }
    }

    private void Fails(int exitCode, string input, string message)
    {
        Outcome outcome = Run(Arguments(input, models.Identity()));

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Single(outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(message, outcome.Errors, StringComparison.Ordinal);
        NothingLeft();
    }

    private string[] Arguments(string input, string model) => ["purify", "-i", input, "-o", clips.PathOf("out.mp4"), "-m", model];

    private void NothingLeft()
    {
        string[] left = Directory.GetFiles(clips.Folder, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None });
        Assert.DoesNotContain(left, file => file.Contains("out", StringComparison.Ordinal) || file.Contains("partial", StringComparison.Ordinal));
    }
}
