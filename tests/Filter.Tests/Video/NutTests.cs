using Realtime.Filter.Frames;
using Realtime.Filter.Video.Nut;

namespace Realtime.Filter.Tests.Video;

public sealed class NutTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        FrameFormat format = new(7, 5, new TimeBase(1, 12800), 25, null);
        long[] stamps = [0, 1, 127, 128, 129, 16384, 1L << 40];
        using MemoryStream stream = new();
        NutWriter writer = new(stream, format, (25, 1));
        foreach (long pts in stamps)
            writer.Write(pts, Pixels(format, pts));

        stream.Position = 0;
        NutReader reader = new(stream);
        Assert.Equal((7, 5, format.TimeBase), (reader.Width, reader.Height, reader.TimeBase));
        byte[] pixels = new byte[format.ByteCount];
        foreach (long wanted in stamps)
        {
            Assert.True(reader.TryRead(pixels, out long pts));
            Assert.Equal(wanted, pts);
            Assert.Equal(Pixels(format, wanted), pixels);
        }

        Assert.False(reader.TryRead(pixels, out _));
    }

    [Fact]
    public void Ffmpeg_reads_what_is_written()
    {
        using Clips clips = new();
        FrameFormat format = new(9, 4, new TimeBase(1001, 30000), 30000 / 1001.0, null);
        string path = clips.PathOf("ours.nut");
        long[] stamps = [3, 4, 9, 1000];
        using (FileStream stream = File.Create(path))
        {
            NutWriter writer = new(stream, format, (30000, 1001));
            foreach (long pts in stamps)
                writer.Write(pts, Pixels(format, pts));
        }

        Assert.Equal("rawvideo,9,4,rgb24,30000/1001,1001/30000", Clips.Probe(path, "-show_entries stream=codec_name,width,height,pix_fmt,r_frame_rate,time_base"));
        Assert.Equal(stamps, Clips.Pts(path));
        Clips.Run("ffmpeg", $"-v error -i {path} -fps_mode passthrough -f rawvideo {clips.PathOf("raw")}");
        Assert.Equal(stamps.SelectMany(pts => Pixels(format, pts)).ToArray(), File.ReadAllBytes(clips.PathOf("raw")));
    }

    [Theory]
    [InlineData("64x48")]
    [InlineData("7x5")]
    [InlineData("1x1")]
    [InlineData("40x30")]
    public void What_ffmpeg_writes_is_read(string size)
    {
        using Clips clips = new();
        string path = clips.Make("theirs.nut", $"-f lavfi -i testsrc=s={size}:r=25 -frames:v 9 -pix_fmt rgb24 -c:v rawvideo {{out}}");
        Clips.Run("ffmpeg", $"-v error -i {path} -fps_mode passthrough -f rawvideo {clips.PathOf("raw")}");
        byte[] wanted = File.ReadAllBytes(clips.PathOf("raw"));
        long[] stamps = Clips.Pts(path);

        using FileStream stream = File.OpenRead(path);
        NutReader reader = new(stream);
        byte[] pixels = new byte[wanted.Length / stamps.Length];
        for (int i = 0; i < stamps.Length; i++)
        {
            Assert.True(reader.TryRead(pixels, out long pts));
            Assert.Equal(stamps[i], pts);
            Assert.Equal(wanted[(i * pixels.Length)..((i + 1) * pixels.Length)], pixels);
        }

        Assert.False(reader.TryRead(pixels, out _));
    }

    [Fact]
    public void A_stream_that_ends_within_a_frame_is_told_from_one_that_ends()
    {
        FrameFormat format = new(7, 5, new TimeBase(1, 25), 25, null);
        using MemoryStream whole = new();
        new NutWriter(whole, format, (25, 1)).Write(0, new byte[format.ByteCount]);
        using MemoryStream cut = new(whole.ToArray()[..^1]);
        NutReader reader = new(cut);
        Assert.Throws<EndOfStreamException>(() => reader.TryRead(new byte[format.ByteCount], out _));
    }

    private static byte[] Pixels(FrameFormat format, long seed)
    {
        byte[] pixels = new byte[format.ByteCount];
        new Random((int)seed).NextBytes(pixels);
        return pixels;
    }
}
