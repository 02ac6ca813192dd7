using System.Text;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Video;

public sealed class Y4mTests : IDisposable
{
    private readonly Clips clips = new();

    public void Dispose() => clips.Dispose();

    [Theory]
    [InlineData("yuv420p", "64x48")]
    [InlineData("yuv444p", "7x5")]
    [InlineData("yuv422p10le", "64x48")]
    [InlineData("gray", "64x48")]
    public void Y4m_is_read_as_ffmpeg_reads_it(string pixelFormat, string size)
    {
        string path = clips.Make("in.y4m", $"-f lavfi -i testsrc=s={size}:r=30000/1001 -frames:v 4 -pix_fmt {pixelFormat} -strict -1 {{out}}");
        using FileStream stream = File.OpenRead(path);
        using Y4mSource piped = new(stream);
        using IFrameSource direct = FrameSources.Open(path);
        Assert.Equal(new TimeBase(1001, 30000), piped.Format.TimeBase);
        FrameSlot one = new(piped.Format), other = new(direct.Format);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(piped.TryRead(one, default));
            Assert.True(direct.TryRead(other, default));
            Assert.Equal(i, one.Pts);
            Assert.Equal(other.Raw, one.Raw);
        }

        Assert.False(piped.TryRead(one, default));
    }

    [Fact]
    public void What_is_written_as_y4m_is_what_was_read()
    {
        string input = clips.Make("in.mkv", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 6 -c:v libx264 -pix_fmt yuv444p {out}");
        string output = clips.PathOf("out.y4m");
        using (IFrameSource source = FrameSources.Open(input))
        using (Y4mSink sink = new(source, output))
        {
            FrameSlot slot = new(source.Format);
            while (source.TryRead(slot, default))
                sink.Write(slot, slot.Raw, default);
            sink.Complete(default);
        }

        Assert.Equal("64,48,yuv444p,25/1", Clips.Probe(output, "-show_entries stream=width,height,pix_fmt,r_frame_rate"));
        Assert.Equal(6, Clips.Pts(output).Length);
        byte[] wanted = ColorTests.FirstFrame(input), found = ColorTests.FirstFrame(output);
        Assert.True(wanted.Zip(found, (a, b) => Math.Abs(a - b)).Max() <= 2);
    }

    [Fact]
    public async Task A_reader_that_goes_away_and_a_full_disk_are_told_of()
    {
        using IFrameSource source = FrameSources.Open(clips.Make("in.mkv", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 1 -c:v libx264 {out}"));
        FrameSlot slot = new(source.Format);
        Assert.True(source.TryRead(slot, default));
        string pipe = clips.PathOf("pipe");
        Clips.Run("mkfifo", pipe);
        using Y4mSink left = new(source, pipe), full = new(source, "/dev/full");
        Task reads = Task.Run(() =>
        {
            using FileStream reader = File.OpenRead(pipe);
            reader.ReadExactly(new byte[9]);
        });

        Assert.Contains("'-' cannot be written: whoever reads it has closed it", Fault(left).Message, StringComparison.Ordinal);
        Assert.Contains("'-' cannot be written: the disk is full", Fault(full).Message, StringComparison.Ordinal);
        await reads;

        UserErrorException Fault(Y4mSink sink) => Assert.Throws<UserErrorException>(() =>
        {
            for (int i = 0; i < 1000; i++)
                sink.Write(slot, slot.Raw, default);
            sink.Complete(default);
        });
    }

    [Fact]
    public void A_stream_that_breaks_off_says_after_how_many_frames()
    {
        byte[] whole = File.ReadAllBytes(clips.Make("in.y4m", "-f lavfi -i testsrc=s=64x48:r=25 -frames:v 4 -pix_fmt yuv420p {out}"));
        using MemoryStream stream = new(whole[..^100]);
        using Y4mSource source = new(stream);
        FrameSlot slot = new(source.Format);
        int frames = 0;
        UserErrorException error = Assert.Throws<UserErrorException>(() =>
        {
            for (; source.TryRead(slot, default); frames++)
                continue;
        });
        Assert.Equal(3, frames);
        Assert.Contains("after 3 whole ones", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("hello\n", "is not y4m")]
    [InlineData("YUV4MPEG2 W0 H8 F25:1\n", "has no size")]
    [InlineData("YUV4MPEG2 W8 H8 F25:1 C444alpha\n", "444alpha")]
    public void What_is_not_y4m_is_an_error(string text, string message)
    {
        using MemoryStream stream = new(Encoding.ASCII.GetBytes(text));
        Assert.Contains(message, Assert.Throws<UserErrorException>(() => new Y4mSource(stream)).Message, StringComparison.Ordinal);
    }
}
