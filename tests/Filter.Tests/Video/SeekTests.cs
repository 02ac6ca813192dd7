using Realtime.Filter.Frames;
using Realtime.Filter.Images;
using Realtime.Filter.Solids;
using Realtime.Filter.Video;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Filter.Tests.Video;

public sealed class SeekTests : IDisposable
{
    private readonly Clips clips = new();

    public void Dispose() => clips.Dispose();

    // Long groups of pictures with B frames, rates that are no whole numbers, starts that are not 0, containers with coarse time.
    [Theory]
    [InlineData("plain.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 60 -pix_fmt yuv420p -g 40 -bf 3")]
    [InlineData("ntsc.mkv", "-f lavfi -i testsrc2=s=64x48:r=30000/1001 -frames:v 60 -pix_fmt yuv420p -g 40 -bf 3")]
    [InlineData("late.mkv", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 60 -pix_fmt yuv420p -g 40 -output_ts_offset 3.4")]
    [InlineData("ntsc.ts", "-f lavfi -i testsrc2=s=64x48:r=30000/1001 -frames:v 60 -pix_fmt yuv420p -g 40 -bf 3")]
    [InlineData("sound.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -f lavfi -i sine -frames:v 60 -t 2.4 -pix_fmt yuv420p -g 40 -bf 3 -c:a aac")]
    public void A_file_goes_to_the_very_frame(string name, string arguments)
    {
        using FFmpegSource source = new(clips.Make(name, arguments + " {out}"), SourceOptions.Default);
        FrameSlot slot = new(source.Format);
        List<(long Pts, byte[] Pixels)> all = [];
        while (source.TryRead(slot, default))
            all.Add((slot.Pts, [.. slot.Raw]));
        Assert.Equal(60, all.Count);
        Assert.True(source.IsComplete);
        Assert.Equal(source.FirstPts, all[0].Pts);
        Assert.InRange(source.Duration!.Value, 1.9, 2.5);

        foreach (int at in (int[])[0, 41, 7, 59, 1])
        {
            source.Seek(source.Format.TimeBase.Seconds(all[at].Pts - source.FirstPts));
            for (int i = at; i < Math.Min(at + 3, all.Count); i++)
            {
                Assert.True(source.TryRead(slot, default));
                Assert.Equal(all[i].Pts, slot.Pts);
                Assert.Equal(all[i].Pixels, slot.Raw);
            }
        }
    }

    [Fact]
    public void With_a_variable_rate_the_next_frame_is_the_first_one_after()
    {
        string path = clips.Make("variable.mkv", "-f lavfi -i testsrc2=s=64x48:r=25 -vf select='lt(n\\,10)+not(mod(n\\,10))' -fps_mode vfr -frames:v 30 -pix_fmt yuv420p {out}");
        using FFmpegSource source = new(path, SourceOptions.Default);
        FrameSlot slot = new(source.Format);

        source.Seek(1.0);       // frames every 0.4 s there
        Assert.True(source.TryRead(slot, default));
        Assert.Equal(1.2, source.Format.TimeBase.Seconds(slot.Pts - source.FirstPts), 3);
    }

    [Fact]
    public void Beyond_the_end_there_is_no_frame_and_the_way_back_is_open()
    {
        using FFmpegSource source = new(clips.Plain(frames: 12), SourceOptions.Default);
        FrameSlot slot = new(source.Format);
        source.Seek(100);
        Assert.False(source.TryRead(slot, default));
        source.Seek(-5);
        Assert.True(source.TryRead(slot, default));
        Assert.Equal(source.FirstPts, slot.Pts);
    }

    [Fact]
    public void The_scene_is_the_same_wherever_one_comes_from()
    {
        using SolidsSource source = new(SolidsOptions.Parse("solids:seconds=4,size=32x32"));
        FrameSlot slot = new(source.Format), other = new(source.Format);
        Assert.Equal(4, source.Duration);
        for (int i = 0; i <= 60; i++)
            source.TryRead(slot, default);
        source.Seek(60 / 25.0);
        Assert.True(source.TryRead(other, default));
        Assert.Equal((slot.Pts, slot.TrueLabel), (other.Pts, other.TrueLabel));
        Assert.Equal(slot.Raw, other.Raw);
        source.Seek(4);
        Assert.False(source.TryRead(other, default));
        using SolidsSource endless = new(SolidsOptions.Parse("solids:seconds=0"));
        Assert.Null(endless.Duration);
    }

    [Fact]
    public void A_folder_of_pictures_goes_to_the_very_picture()
    {
        for (int i = 0; i < 5; i++)
        {
            using Image<Rgb24> picture = Image.LoadPixelData<Rgb24>([.. Enumerable.Repeat((byte)(40 * i), 2 * 2 * 3)], 2, 2);
            picture.SaveAsPng(clips.PathOf($"{i}.png"));
        }

        using PictureSource source = new(clips.Folder);
        FrameSlot slot = new(source.Format);
        Assert.Equal(0.2, source.Duration);
        foreach (int at in (int[])[3, 0, 4, 0])
        {
            source.Seek(at / 25.0);
            Assert.True(source.TryRead(slot, default));
            Assert.Equal(at, slot.Pts);
            Assert.Equal(40 * at, slot.Raw[0]);
        }

        source.Seek(1);
        Assert.False(source.TryRead(slot, default));
    }
}
