using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Video;

public sealed class BadInputTests : IDisposable
{
    private readonly Clips clips = new();

    public void Dispose() => clips.Dispose();

    [Fact]
    public void A_missing_file_is_named() => AssertFails(clips.PathOf("none.mp4"), "does not exist");

    [Fact]
    public void A_missing_picture_is_named() => AssertFails(clips.PathOf("none.png"), "does not exist");

    [Fact]
    public void A_folder_without_pictures_is_named() => AssertFails(clips.Folder, "no pictures");

    [Fact]
    public void A_text_file_named_mp4_is_not_a_video() => AssertFails(Written("text.mp4", "hello\n"), "is not a video");

    [Fact]
    public void A_text_file_named_png_is_not_a_picture() => AssertFails(Written("text.png", "hello\n"), "is not a picture");

    [Fact]
    public void A_text_file_that_ffmpeg_would_play_as_ansi_art_is_not_a_video() => AssertFails(Written("text.nfo", string.Concat(Enumerable.Repeat("hello\n", 3000))), "is a text file");

    [Theory]
    [InlineData("empty.mp4")]
    [InlineData("empty.png")]
    public void An_empty_file_is_named(string name) => AssertFails(Written(name, ""), "empty (0 bytes)");

    [Fact]
    public void Sound_alone_has_no_video_stream() =>
        AssertFails(clips.Make("sound.mp4", "-f lavfi -i sine=d=0.2 {out}"), "no video stream");

    [Fact]
    public void A_clip_cut_before_its_index_says_so()
    {
        byte[] whole = File.ReadAllBytes(clips.Plain());
        string cut = clips.PathOf("cut.mp4");
        File.WriteAllBytes(cut, whole[..(whole.Length / 2)]);
        AssertFails(cut, "breaks off before its index");
    }

    [Theory]
    [InlineData("fast.mp4", "-movflags +faststart")]
    [InlineData("cut.mkv", "")]
    public void A_truncated_clip_delivers_what_is_readable_and_says_how_much(string name, string options)
    {
        byte[] whole = File.ReadAllBytes(clips.Make(name, $"-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 40 -c:v libx264 -g 5 -pix_fmt yuv420p {options} {{out}}"));
        string cut = clips.PathOf("half" + Path.GetExtension(name));
        File.WriteAllBytes(cut, whole[..(whole.Length * 2 / 3)]);
        using IFrameSource source = FrameSources.Open(cut);
        using IFrameSink sink = FrameSinks.Create(clips.PathOf("out.mp4"), source);
        FrameSlot slot = new(source.Format);
        int frames = 0;
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
        {
            for (; source.TryRead(slot, default); frames++)
                sink.Write(slot, slot.Raw, default);
        });
        Assert.InRange(frames, 10, 39);
        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains($"breaks off after {frames} of", error.Message, StringComparison.Ordinal);
        Assert.False(source.TryRead(slot, default));
        sink.Complete(default);
        Assert.Equal(frames, Clips.Pts(clips.PathOf("out.mp4")).Length);
    }

    [Fact]
    public void The_output_cannot_be_the_input_even_through_a_link_or_another_spelling()
    {
        string input = clips.Plain();
        string link = clips.PathOf("link.mp4");
        File.CreateSymbolicLink(link, input);
        string folderLink = clips.PathOf("elsewhere");
        Directory.CreateSymbolicLink(folderLink, clips.Folder);
        byte[] before = File.ReadAllBytes(input);
        using IFrameSource source = FrameSources.Open(input);
        foreach (string output in new[] { input, link, Path.Combine(clips.Folder, ".", "plain.mp4"), Path.Combine(folderLink, "plain.mp4") })
        {
            UserErrorException error = Assert.Throws<UserErrorException>(() => FrameSinks.Create(output, source));
            Assert.Equal(ExitCode.Usage, error.ExitCode);
            Assert.Contains("same file", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(input));
    }

    [Theory]
    [InlineData("nowhere/out.mp4", ExitCode.Failed, "does not exist")]
    [InlineData("out.xyz", ExitCode.Usage, "--codec")]
    [InlineData("out.gif", ExitCode.Usage, "--codec")]
    public void An_output_that_cannot_be_written_leaves_nothing(string name, ExitCode code, string text)
    {
        using IFrameSource source = FrameSources.Open(clips.Plain());
        UserErrorException error = Assert.Throws<UserErrorException>(() => FrameSinks.Create(clips.PathOf(name), source));
        Assert.Equal(code, error.ExitCode);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Equal(["plain.mp4"], Directory.EnumerateFileSystemEntries(clips.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void An_unknown_codec_or_option_is_a_clear_error()
    {
        using IFrameSource source = FrameSources.Open(clips.Plain());
        string output = clips.PathOf("out.mp4");
        AssertUsage(() => FrameSinks.Create(output, source, new SinkOptions { Codec = "libfoo" }), "no such video encoder");
        AssertUsage(() => FrameSinks.Create(output, source, new SinkOptions { PixelFormat = "rgb565" }), "--pix-fmt rgb565");
        AssertUsage(() => FrameSinks.Create(output, source, new SinkOptions { EncoderOptions = ["preset"] }), "key=value");
        UserErrorException error = Assert.Throws<UserErrorException>(() => Clips.Copy(clips.PathOf("plain.mp4"), output, new SinkOptions { EncoderOptions = ["preset=warp"] }));
        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Equal(["plain.mp4"], Directory.EnumerateFileSystemEntries(clips.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Cancelling_stops_reader_and_writer_and_leaves_nothing()
    {
        string input = clips.Plain(frames: 50);
        using CancellationTokenSource cancel = new();
        using (IFrameSource source = FrameSources.Open(input))
        using (IFrameSink sink = FrameSinks.Create(clips.PathOf("out.mp4"), source))
        {
            FrameSlot slot = new(source.Format);
            Assert.True(source.TryRead(slot, cancel.Token));
            sink.Write(slot, slot.Raw, cancel.Token);
            cancel.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => source.TryRead(slot, cancel.Token));
            Assert.ThrowsAny<OperationCanceledException>(() => sink.Complete(cancel.Token));
        }

        Assert.Equal(["plain.mp4"], Directory.EnumerateFileSystemEntries(clips.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_child_that_heard_the_interrupt_first_is_no_failure()
    {
        using FFmpegProcess child = new(FFmpegTool.FFmpeg, "-nostdin -v error -re -f lavfi -i testsrc2=s=16x16 -f rawvideo pipe:1", ChildPipes.Output);
        Assert.True(child.Output.ReadByte() >= 0);   // its signal handler is in place once it writes
        Clips.Run("kill", $"-INT {child.Id}");
        child.Output.CopyTo(Stream.Null);
        child.Wait();
        Assert.True(child.WasInterrupted);
    }

    [Theory]
    [InlineData("av_interleaved_write_frame(): No space left on device", "No space left on device")]
    [InlineData("[mov,mp4 @ 0x55aa] moov atom not found", "moov atom not found")]
    public void The_cause_is_told_without_ffmpegs_addresses(string line, string cause)
    {
        FFmpegResult result = new(1, ["first line that says little", line]);
        Assert.Contains(FFmpegResult.IsDiskFull(line) ? cause : "first line", result.Cause, StringComparison.Ordinal);
        Assert.EndsWith(cause, new FFmpegResult(1, [line]).Cause, StringComparison.Ordinal);
        Assert.DoesNotContain("0x", new FFmpegResult(1, [line]).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mkv")]
    [InlineData("mp4")]
    public void A_full_disk_is_called_so_and_leaves_nothing(string extension)
    {
        // /dev/full refuses every byte; the temporary name leads there.
        string output = clips.PathOf("out." + extension);
        File.CreateSymbolicLink(clips.PathOf(".out.partial." + extension), "/dev/full");
        UserErrorException error = Assert.Throws<UserErrorException>(() => Clips.Copy(clips.Plain(), output));
        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(["plain.mp4"], Directory.EnumerateFileSystemEntries(clips.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_missing_ffmpeg_says_how_to_install_it()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => new FFmpegProcess("ffmpeg-that-is-not-here", "", ChildPipes.Output));
        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains("was not found on PATH. Install it: apt-get install ffmpeg", error.Message, StringComparison.Ordinal);
    }

    private static void AssertUsage(Action action, string text)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(action);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    private static void AssertFails(string input, string text)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => FrameSources.Open(input));
        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Contains(input, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private string Written(string name, string text)
    {
        string path = clips.PathOf(name);
        File.WriteAllText(path, text);
        return path;
    }
}
