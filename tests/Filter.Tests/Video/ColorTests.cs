using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Video;

public sealed class ColorTests : IDisposable
{
    // 75 % bars, the RGB that every correct decoder shows.
    private static readonly byte[][] Bars =
        [[191, 191, 191], [191, 191, 0], [0, 191, 191], [0, 191, 0], [191, 0, 191], [191, 0, 0], [0, 0, 191], [0, 0, 0]];

    private readonly Clips clips = new();

    public void Dispose() => clips.Dispose();

    [Theory]
    [InlineData("bt709", "tv", 128)]
    [InlineData("bt709", "pc", 128)]
    [InlineData("smpte170m", "tv", 128)]
    [InlineData("smpte170m", "pc", 128)]
    [InlineData("bt470bg", "tv", 128)]
    [InlineData("unknown", "tv", 128)]   // untagged: 601 below 720 lines
    [InlineData("unknown", "tv", 720)]   // untagged: 709 from 720 lines
    public void Bars_have_the_right_rgb_and_come_back_the_same(string matrix, string range, int height)
    {
        string scaler = matrix == "unknown" ? height >= 720 ? "bt709" : "smpte170m" : matrix;
        string raw = clips.PathOf("bars.rgb");
        File.WriteAllBytes(raw, BarPicture(128, height));
        string input = clips.Make("bars.mkv",
            $"-f rawvideo -pix_fmt rgb24 -s 128x{height} -r 25 -i {raw} -vf scale=out_color_matrix={scaler}:out_range={range}:flags=accurate_rnd+full_chroma_int,format=yuv444p,"
            + $"setparams=colorspace={matrix}:range={range} -c:v libx264 -qp 0 {{out}}");
        byte[] before = FirstFrame(input);
        AssertBars(before, 128, 2);

        string output = clips.PathOf("out.mp4");
        Clips.Copy(input, output);
        Assert.Equal(Clips.Probe(input, "-show_entries stream=color_space"), Clips.Probe(output, "-show_entries stream=color_space"));
        Assert.Equal(range == "pc", Clips.Probe(output, "-show_entries stream=color_range") == "pc");
        AssertBars(FirstFrame(output), 128, 4);
    }

    [Theory]
    [InlineData("yuv420p")]
    [InlineData("yuv422p")]
    [InlineData("yuv420p10le")]
    [InlineData("yuv444p10le")]
    [InlineData("yuvj420p")]
    [InlineData("gray")]
    public void The_pixel_format_is_kept(string pixelFormat)
    {
        string input = clips.Make("in.mkv", $"-f lavfi -i testsrc2=s=64x48 -frames:v 3 -c:v libx264 -pix_fmt {pixelFormat} {{out}}");
        string output = clips.PathOf("out.mp4");
        Clips.Copy(input, output);
        Assert.Equal(Clips.Probe(input, "-show_entries stream=pix_fmt"), Clips.Probe(output, "-show_entries stream=pix_fmt"));
    }

    [Fact]
    public void Odd_sizes_are_written_without_subsampling()
    {
        string input = clips.Make("odd.mkv", "-f lavfi -i testsrc=s=67x45 -frames:v 3 -c:v ffv1 -pix_fmt yuv420p {out}");
        string output = clips.PathOf("odd.mp4");
        Assert.Equal(3, Clips.Copy(input, output));
        Assert.Equal("67,45,yuv444p", Clips.Probe(output, "-show_entries stream=width,height,pix_fmt"));
    }

    [Theory]
    [InlineData("loss.mkv")]
    [InlineData("loss.mp4")]
    [InlineData("loss.nut")]
    public void A_lossless_copy_gives_back_every_level(string name)
    {
        string input = clips.Plain(), output = clips.PathOf(name);
        Clips.Copy(input, output, new SinkOptions { Lossless = true });
        Assert.Equal(FirstFrame(input), FirstFrame(output));
    }

    [Fact]
    public void A_matrix_that_the_scaler_lacks_is_an_error_rather_than_wrong_colours()
    {
        string input = clips.Make("ycgco.mkv", "-f lavfi -i testsrc2=s=64x48 -frames:v 2 -vf format=yuv444p,setparams=colorspace=ycgco -c:v libx264 {out}");
        Assert.Contains("ycgco", Assert.Throws<Realtime.Filter.Errors.UserErrorException>(() => FrameSources.Open(input)).Message, StringComparison.Ordinal);
    }

    internal static byte[] FirstFrame(string path)
    {
        using IFrameSource source = FrameSources.Open(path);
        FrameSlot slot = new(source.Format);
        Assert.True(source.TryRead(slot, default));
        return slot.Raw;
    }

    private static byte[] BarPicture(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++)
            Bars[i % width / (width / 8)].CopyTo(pixels, i * 3);
        return pixels;
    }

    // The middle of every bar, where chroma filtering does not reach.
    private static void AssertBars(byte[] pixels, int width, int bound)
    {
        for (int bar = 0; bar < 8; bar++)
        {
            int at = ((width * 8) + (bar * width / 8) + (width / 16)) * 3;
            for (int channel = 0; channel < 3; channel++)
                Assert.True(Math.Abs(Bars[bar][channel] - pixels[at + channel]) <= bound, $"bar {bar} is ({string.Join(", ", pixels[at..(at + 3)])}), should be ({string.Join(", ", Bars[bar])}) within {bound}");
        }
    }
}
