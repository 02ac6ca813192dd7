namespace Realtime.Filter.Tests.Video;

public sealed class RealClipTests
{
    [SkippableTheory]
    [InlineData("bikes.mp4", 250)]
    [InlineData("bigbuckbunny.mp4", 132)]
    [InlineData("carphone_pristine.mp4", 120)]
    public void A_real_clip_keeps_frames_time_stamps_and_sound(string name, int frames)
    {
        string? input = Find(name);
        Skip.If(input is null, $"../shared/data/clips/{name} is not here.");
        using Clips clips = new();
        string output = clips.PathOf("out.mp4");
        Assert.Equal(frames, Clips.Copy(input!, output, new Filter.Video.SinkOptions { EncoderOptions = ["preset=ultrafast"] }));
        Assert.Equal(Clips.Pts(input!), Clips.Pts(output));
        foreach (string entries in new[]
        {
            "-select_streams a -show_entries packet=pts,dts,duration,size",
            "-show_entries stream=codec_name,width,height,pix_fmt,time_base,start_pts,duration_ts,nb_frames,color_range,color_space,sample_aspect_ratio",
            "-show_entries format=start_time,duration",
        })
        {
            Assert.Equal(Clips.Probe(input!, entries), Clips.Probe(output, entries));
        }
    }

    private static string? Find(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string found = Path.Combine(at.FullName, "..", "shared", "data", "clips", name);
            if (File.Exists(found))
                return Path.GetFullPath(found);
        }

        return null;
    }
}
