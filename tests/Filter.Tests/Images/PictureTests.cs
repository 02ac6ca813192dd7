using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Images;
using Realtime.Filter.Tests.Video;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Images;

public sealed class PictureTests : IDisposable
{
    private readonly Clips clips = new();

    public void Dispose() => clips.Dispose();

    [Theory]
    [InlineData("1x1")]
    [InlineData("7x5")]
    [InlineData("64x48")]
    public void A_png_is_copied_exactly(string size)
    {
        string input = clips.Make("in.png", $"-f lavfi -i testsrc=s={size} -frames:v 1 -pix_fmt rgb24 {{out}}"), output = clips.PathOf("out.png");
        Assert.Equal(1, Clips.Copy(input, output));
        Assert.Equal(ColorTests.FirstFrame(input), ColorTests.FirstFrame(output));
        Assert.Equal(size, Clips.Probe(output, "-show_entries stream=width,height").Replace(',', 'x'));
    }

    [Theory]
    [InlineData("1x1")]
    [InlineData("7x5")]
    [InlineData("64x48")]
    public void A_jpeg_keeps_its_size_and_nearly_its_levels(string size)
    {
        string input = clips.Make("in.jpg", $"-f lavfi -i testsrc=s={size} -frames:v 1 -vf format=rgb24,geq=r=200-X*2:g=60+Y*3:b=50+X -q:v 1 -pix_fmt yuvj444p {{out}}"), output = clips.PathOf("out.jpg");
        Assert.Equal(1, Clips.Copy(input, output));
        byte[] wanted = ColorTests.FirstFrame(input), found = ColorTests.FirstFrame(output);
        Assert.Equal(wanted.Length, found.Length);
        Assert.InRange(wanted.Zip(found, (a, b) => Math.Abs(a - b)).Average(), 0, 3);
    }

    [Fact]
    public void A_folder_is_read_in_counting_order_and_written_under_the_same_names()
    {
        Directory.CreateDirectory(clips.PathOf("in"));
        foreach (int i in new[] { 1, 2, 10 })
            clips.Make($"in/p{i}.png", $"-f lavfi -i color=0x{i:x2}{i:x2}{i:x2}:s=8x8 -frames:v 1 -pix_fmt rgb24 {{out}}");
        File.WriteAllText(clips.PathOf("in/notes.txt"), "not a picture");
        string output = clips.PathOf("out");
        Assert.Equal(3, Clips.Copy(clips.PathOf("in"), output));
        Assert.Equal(["p1.png", "p10.png", "p2.png"], Directory.GetFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        using PictureSource source = new(output);
        FrameSlot slot = new(source.Format);
        foreach (byte level in new byte[] { 1, 2, 10 })
        {
            Assert.True(source.TryRead(slot, default));
            Assert.Equal(level, slot.Raw[0]);
        }
    }

    [Fact]
    public void A_video_becomes_a_folder_and_a_folder_a_video()
    {
        string folder = clips.PathOf("frames/"), video = clips.PathOf("out.mp4");
        Assert.Equal(5, Clips.Copy(clips.Plain(frames: 5), folder));
        Assert.True(File.Exists(Path.Combine(folder, "frame_000001.png")));
        Assert.Equal(5, Clips.Copy(folder, video));
        Assert.Equal([0, 1, 2, 3, 4], Clips.Pts(video));
        Assert.Equal(5, Clips.Copy("solids:seconds=0.2,size=64x48", clips.PathOf("solids.mkv")));
    }

    [Fact]
    public void A_folder_of_two_sizes_names_the_odd_one()
    {
        Directory.CreateDirectory(clips.PathOf("in"));
        clips.Make("in/a.png", "-f lavfi -i testsrc=s=8x8 -frames:v 1 {out}");
        clips.Make("in/b.png", "-f lavfi -i testsrc=s=9x8 -frames:v 1 {out}");
        UserErrorException error = Assert.Throws<UserErrorException>(() => Clips.Copy(clips.PathOf("in"), clips.PathOf("out/")));
        Assert.Contains("b.png' is 9x8", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(clips.PathOf("out")));
        Assert.False(Directory.Exists(clips.PathOf(".out.partial")));
    }

    [Fact]
    public void A_video_does_not_fit_one_picture()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Clips.Copy(clips.Plain(), clips.PathOf("out.png")));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Equal(["plain.mp4"], Directory.EnumerateFileSystemEntries(clips.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_damaged_picture_is_an_error()
    {
        byte[] whole = File.ReadAllBytes(clips.Make("in.png", "-f lavfi -i testsrc=s=64x48 -frames:v 1 {out}"));
        string cut = clips.PathOf("cut.png");
        File.WriteAllBytes(cut, whole[..(whole.Length / 2)]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => FrameSources.Open(cut));
        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
    }
}
