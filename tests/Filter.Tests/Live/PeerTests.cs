using Realtime.Filter.Live;
using Realtime.Filter.Tests.Video;

namespace Realtime.Filter.Tests.Live;

/// <summary>Inputs from real peers: ffmpeg as server and client of RTMP, SRT, UDP and RTP, GStreamer's RTSP server.</summary>
public sealed class PeerTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private static readonly LiveOptions Options = new() { ReconnectFor = TimeSpan.Zero };

    private readonly Clips clips = new();

    public void Dispose() => clips.Dispose();

    [Fact]
    public void Rtmp()
    {
        string clip = clips.Make("clip.flv", "-f lavfi -i testsrc2=s=64x48:r=25 -f lavfi -i sine -frames:v 50 -shortest -pix_fmt yuv420p -c:v libx264 -c:a aac {out}");
        int port = Peer.FreePort();
        using Peer server = Peer.FFmpeg($"-re -i {clip} -c copy -f flv -listen 1 rtmp://127.0.0.1:{port}/app/secretkey");
        server.WaitForPort(port);

        Reading reading = new Reading().Run($"rtmp://127.0.0.1:{port}/app/secretkey", Options);

        Assert.Equal(50, reading.Pts.Count);
        Assert.DoesNotContain(reading.Log, line => line.Contains("secretkey", StringComparison.Ordinal));
    }

    [Fact]
    public void Srt_with_a_passphrase()
    {
        clips.Stream(frames: 200);
        int port = Peer.FreePort();
        using Peer server = Peer.FFmpeg($"-re -stream_loop -1 -i {clips.PathOf("stream.ts")} -c copy -f mpegts srt://127.0.0.1:{port}?mode=listener&passphrase=verysecretphrase");

        Reading reading = new Reading().Run($"srt://127.0.0.1:{port}?passphrase=verysecretphrase", Options, frames: 30);

        Assert.Equal(30, reading.Pts.Count);
        Assert.Equal(64, reading.Format!.Width);
    }

    [Theory]
    [InlineData("udp", "mpegts")]
    [InlineData("rtp", "rtp_mpegts")]
    public void Datagrams(string scheme, string format)
    {
        clips.Stream(frames: 200);
        int port = Peer.FreePort() & ~1;        // RTP wants an even one
        using Peer client = Peer.FFmpeg($"-re -stream_loop -1 -i {clips.PathOf("stream.ts")} -c copy -f {format} {scheme}://127.0.0.1:{port}");

        Reading reading = new Reading().Run($"{scheme}://127.0.0.1:{port}", Options, frames: 30);

        Assert.Equal(30, reading.Pts.Count);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rtsp_with_a_password(bool overUdp)
    {
        Skip.IfNot(HasGStreamer(), "GStreamer's RTSP server is not installed (apt-get install python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad)");
        string clip = clips.Make("clip.mp4", "-f lavfi -i testsrc2=s=64x48:r=25 -f lavfi -i sine -frames:v 250 -shortest -pix_fmt yuv420p -c:v libx264 -bf 2 -g 25 -c:a aac {out}");
        int port = Peer.FreePort();
        using Peer server = new(Python, $"{Path.Combine(Launcher.Repository.Root, "tests/Filter.Tests/Live/rtsp_server.py")} {port} {clip} user secret99");
        server.WaitForPort(port);

        Reading reading = new Reading().Run($"rtsp://user:secret99@127.0.0.1:{port}/live", Options with { RtspOverUdp = overUdp }, frames: 30);

        Assert.Equal(30, reading.Pts.Count);
        Assert.DoesNotContain(reading.Log, line => line.Contains("secret99", StringComparison.Ordinal));
        Errors.UserErrorException error = Assert.Throws<Errors.UserErrorException>(() => new Reading().Run($"rtsp://user:wrong999@127.0.0.1:{port}/live", Options));
        Assert.Contains("401", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong999", error.Message, StringComparison.Ordinal);
    }

    private static bool HasGStreamer()
    {
        if (!File.Exists(Python))
            return false;
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Python, ["-c", "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import Gst, GstRtspServer; Gst.init(None); exit(0 if Gst.ElementFactory.find('rtph264pay') and Gst.ElementFactory.find('h264parse') else 1)"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
