using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Video;

public sealed class StreamTests : IDisposable
{
    private const string Subtitles = "1\n00:00:00,100 --> 00:00:00,300\nhello\n\n2\n00:00:00,400 --> 00:00:00,700\nworld\n\n";
    private const string Tags = ";FFMETADATA1\ntitle=A clip\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=500\nEND=1000\ntitle=Two\n";

    private readonly Clips clips = new();

    public void Dispose() => clips.Dispose();

    [Theory]
    [InlineData("in.mkv", "srt", "out.mkv")]
    [InlineData("in.mp4", "mov_text", "out.mp4")]
    public void Late_sound_subtitles_chapters_and_tags_are_copied(string name, string subtitleCodec, string outputName)
    {
        string input = Full(name, subtitleCodec), output = clips.PathOf(outputName);
        Clips.Copy(input, output);
        foreach (string entries in new[]
        {
            "-select_streams a -show_entries packet=pts,duration,size",
            "-select_streams s -show_entries packet=pts,duration,size",
            "-show_chapters -show_entries chapter=start_time,end_time:chapter_tags=title",
            "-show_entries format_tags=title",
            "-show_entries stream=codec_name",
            "-show_entries stream_tags=language",
        })
        {
            string wanted = Clips.Probe(input, entries);
            Assert.NotEmpty(wanted);
            Assert.Equal(wanted, Clips.Probe(output, entries));
        }
    }

    [Fact]
    public void Text_subtitles_change_their_codec_where_the_container_needs_it()
    {
        string output = clips.PathOf("out.mp4");
        Clips.Copy(Full("in.mkv", "srt"), output);
        Assert.Equal("mov_text", Clips.Probe(output, "-select_streams s -show_entries stream=codec_name"));
        string back = clips.PathOf("back.mkv");
        Clips.Copy(output, back);
        Assert.Equal("subrip", Clips.Probe(back, "-select_streams s -show_entries stream=codec_name"));
        Assert.Equal(2, Clips.Probe(back, "-select_streams s -show_entries packet=pts").Split('\n').Length);
    }

    [Fact]
    public void Streams_can_be_left_out()
    {
        string output = clips.PathOf("out.mkv");
        Clips.Copy(Full("in.mkv", "srt"), output, new SinkOptions { CopyStreams = false });
        Assert.Equal("video", Clips.Probe(output, "-show_entries stream=codec_type"));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void Rotation_is_kept_and_not_applied(int degrees)
    {
        string input = Rotated(degrees), output = clips.PathOf("out.mp4");
        int rotation = MediaProbe.Read(input).Rotation;
        Assert.NotEqual(0, rotation);
        Clips.Copy(input, output);
        MediaInfo written = MediaProbe.Read(output);
        Assert.Equal((64, 48, rotation), (written.Width, written.Height, written.Rotation));
    }

    [Fact]
    public void A_container_that_cannot_keep_the_rotation_is_refused()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Clips.Copy(Rotated(90), clips.PathOf("out.mkv")));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("turned by", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encoder_settings_reach_the_encoder()
    {
        string input = clips.Plain(frames: 20), output = clips.PathOf("out.mkv");
        Clips.Copy(input, output, new SinkOptions { Codec = "mpeg4", Quality = 5, EncoderOptions = ["g=1"], PixelFormat = "yuv420p" });
        Assert.Equal("mpeg4", Clips.Probe(output, "-show_entries stream=codec_name"));
        Assert.All(Clips.Probe(output, "-show_entries packet=flags").Split('\n'), flags => Assert.StartsWith("K", flags, StringComparison.Ordinal));
    }

    [Fact]
    public void Frames_that_an_edit_list_hides_stay_hidden()
    {
        string whole = clips.Make("whole.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -f lavfi -i sine=d=2 -frames:v 50 -c:v libx264 -g 25 -bf 2 -pix_fmt yuv420p {out}");
        string input = clips.Make("part.mp4", $"-ss 0.6 -i {whole} -c copy {{out}}");
        string output = clips.PathOf("out.mp4");
        int frames = Clips.Copy(input, output);
        Assert.True(frames < 50);
        Assert.Equal(Clips.Pts(input), Clips.Pts(output));
    }

    [Fact]
    public void The_last_frame_arrives_by_content()
    {
        // Frame n is of the grey level 10 * n; B-frames and a deep reorder hold the last ones back in the decoder.
        string input = clips.Make("levels.mp4", "-f lavfi -i color=black:s=64x48:r=25 -frames:v 20 -vf format=gray,geq=lum='10*N' -c:v libx264 -qp 0 -bf 8 -pix_fmt yuvj420p {out}");
        string output = clips.PathOf("out.mp4");
        Assert.Equal(20, Clips.Copy(input, output, new SinkOptions { Quality = 1 }));
        foreach (string path in new[] { input, output })
        {
            using IFrameSource source = FrameSources.Open(path);
            FrameSlot slot = new(source.Format);
            for (int i = 0; i < 20; i++)
            {
                Assert.True(source.TryRead(slot, default));
                Assert.InRange(slot.Raw[slot.Raw.Length / 2], (10 * i) - 3, (10 * i) + 3);
            }

            Assert.False(source.TryRead(slot, default));
        }
    }

    [Fact]
    public void The_output_check_names_what_differs()
    {
        string one = clips.Make("one.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -f lavfi -i sine=d=1 -frames:v 12 -pix_fmt yuv420p {out}");
        string other = clips.Make("other.mp4", "-f lavfi -i testsrc2=s=64x48:r=30 -frames:v 12 -vf setsar=2 -colorspace bt709 -color_range pc -pix_fmt yuv420p {out}");
        IReadOnlyList<string> differences = OutputCheck.Compare(MediaProbe.Read(one), other);
        foreach (string what in new[] { "time stamp of frame 1", "colour matrix", "colour range", "pixel aspect", "audio streams" })
            Assert.Contains(differences, line => line.StartsWith(what, StringComparison.Ordinal));
        Assert.Empty(OutputCheck.Compare(MediaProbe.Read(one), one));
    }

    [Fact]
    public void A_file_that_fails_the_check_does_not_get_its_name()
    {
        string input = clips.Plain(), output = clips.PathOf("out.mp4");
        using IFrameSource source = FrameSources.Open(input);
        using IFrameSink sink = FrameSinks.Create(output, source);
        FrameSlot slot = new(source.Format);
        while (source.TryRead(slot, default))
        {
            if (slot.Pts != 512)   // one frame is lost on the way
                sink.Write(slot, slot.Raw, default);
        }

        UserErrorException error = Assert.Throws<UserErrorException>(() => sink.Complete(default));
        Assert.Equal(ExitCode.OutputCheckFailed, error.ExitCode);
        Assert.Contains("frames: 12 became 11", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
        Assert.True(File.Exists(clips.PathOf("out.rejected.mp4")));
    }

    [Fact]
    public void Reading_and_writing_a_frame_allocates_nothing()
    {
        string input = clips.Plain(frames: 60);
        using IFrameSource source = FrameSources.Open(input);
        using IFrameSink sink = FrameSinks.Create(clips.PathOf("out.mp4"), source);
        FrameSlot slot = new(source.Format);
        using CancellationTokenSource cancel = new();
        long before = 0;
        for (int frame = 0; source.TryRead(slot, cancel.Token); frame++)
        {
            sink.Write(slot, slot.Raw, cancel.Token);
            if (frame == 9)
                before = GC.GetAllocatedBytesForCurrentThread();
            else if (frame == 49)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        sink.Complete(cancel.Token);
    }

    private string Rotated(int degrees)
    {
        string plain = clips.Plain();
        string path = clips.PathOf("rotated.mp4");
        string option = FFmpegTool.Version.Major >= 6 ? $"-display_rotation {degrees} -i {plain} -c copy {path}" : $"-i {plain} -c copy -metadata:s:v:0 rotate={degrees} {path}";
        Clips.Run("ffmpeg", $"-nostdin -v error -y {option}");
        return path;
    }

    private string Full(string name, string subtitleCodec)
    {
        File.WriteAllText(clips.PathOf("text.srt"), Subtitles);
        File.WriteAllText(clips.PathOf("tags.txt"), Tags);
        return clips.Make(
            name,
            "-f lavfi -i testsrc2=s=64x48:r=25 -itsoffset 0.2 -f lavfi -i sine=d=0.8 -i {dir}/text.srt -i {dir}/tags.txt -map 0 -map 1 -map 2 -map_metadata 3 -map_chapters 3 "
            + $"-metadata:s:a:0 language=deu -metadata:s:s:0 language=fra -t 1 -c:v libx264 -bf 2 -pix_fmt yuv420p -c:a aac -c:s {subtitleCodec} {{out}}");
    }
}
