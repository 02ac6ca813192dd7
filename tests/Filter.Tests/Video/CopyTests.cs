namespace Realtime.Filter.Tests.Video;

public sealed class CopyTests : IDisposable
{
    private readonly Clips clips = new();

    public void Dispose() => clips.Dispose();

    [Theory]
    [InlineData("plain.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 12 -pix_fmt yuv420p {out}")]
    [InlineData("ntsc.mp4", "-f lavfi -i testsrc2=s=64x48:r=30000/1001 -frames:v 12 -pix_fmt yuv420p {out}")]
    [InlineData("bframes.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 20 -c:v libx264 -bf 3 -pix_fmt yuv420p {out}")]
    [InlineData("vfr.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 20 -vf setpts='(N+N*N/7)/25/TB' -fps_mode passthrough -c:v libx264 -bf 2 -pix_fmt yuv420p {out}")]
    [InlineData("late.mp4", "-itsoffset 0.48 -f lavfi -i testsrc2=s=64x48:r=25 -f lavfi -i sine=d=1 -frames:v 12 -pix_fmt yuv420p {out}")]
    [InlineData("lateaudio.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -itsoffset 0.3 -f lavfi -i sine=d=1 -frames:v 12 -pix_fmt yuv420p {out}")]
    [InlineData("vfr.mkv", "-f lavfi -i testsrc2=s=64x48:r=25 -f lavfi -i sine=d=1 -frames:v 20 -vf setpts='(N+N*N/7)/25/TB' -fps_mode passthrough -c:v libx264 -pix_fmt yuv420p {out}")]
    [InlineData("stream.ts", "-f lavfi -i testsrc2=s=64x48:r=25 -f lavfi -i sine=d=1 -frames:v 20 -c:v libx264 -c:a aac -pix_fmt yuv420p {out}")]
    [InlineData("raw.nut", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 5 -c:v ffv1 -pix_fmt yuv420p {out}")]
    [InlineData("444.mkv", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 5 -c:v libx264 -pix_fmt yuv444p {out}")]
    [InlineData("10bit.mkv", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 5 -c:v libx264 -pix_fmt yuv420p10le {out}")]
    [InlineData("sar.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -frames:v 5 -vf setsar=16/11 -c:v libx264 -pix_fmt yuv420p {out}")]
    [InlineData("avi.avi", "-f lavfi -i testsrc2=s=64x48:r=25 -f lavfi -i sine=d=1 -frames:v 20 -c:v mpeg4 {out}")]
    public void A_copy_keeps_every_frame_and_time_stamp(string name, string arguments)
    {
        string input = clips.Make(name, arguments), output = clips.PathOf("out" + Path.GetExtension(name));
        int frames = Clips.Copy(input, output);
        long[] wanted = Clips.Pts(input);
        Assert.Equal(wanted.Length, frames);
        Assert.Equal(wanted, Clips.Pts(output));
        if (name.EndsWith(".ts", StringComparison.Ordinal))
            return;   // how many audio frames share a TS packet, and so the durations ffprobe guesses, is the muxer's choice
        foreach (string entry in new[] { "stream=codec_type,time_base,start_time,duration,pix_fmt", "format=start_time,duration" })
            Assert.Equal(Clips.Probe(input, "-show_entries " + entry), Clips.Probe(output, "-show_entries " + entry));
        Assert.Equal(Clips.Probe(input, "-select_streams a -show_entries packet=pts,size"), Clips.Probe(output, "-select_streams a -show_entries packet=pts,size"));
    }

    [Fact]
    public void From_mp4_to_matroska_the_sounds_encoder_delay_moves_nothing()
    {
        string input = clips.Make("in.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -f lavfi -i sine=d=1 -frames:v 25 -bf 2 -c:v libx264 -c:a aac -pix_fmt yuv420p {out}");
        string output = clips.PathOf("out.mkv");
        Assert.Equal(25, Clips.Copy(input, output));
        Assert.Equal(Enumerable.Range(0, 25).Select(i => i * 40L), Clips.Pts(output));
        Assert.Equal(SoundPacketSizes(input), SoundPacketSizes(output));
    }

    // ffprobe ends the line of a packet with side data otherwise.
    private static string[] SoundPacketSizes(string path) =>
        Clips.Probe(path, "-select_streams a -show_entries packet=size").Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries);
}
