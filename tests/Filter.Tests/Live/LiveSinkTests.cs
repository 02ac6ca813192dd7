using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Live;
using Realtime.Filter.Tests.Video;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Live;

/// <summary>Outputs to real peers, and consumers that go away or stall.</summary>
public sealed class LiveSinkTests : IDisposable
{
    private const int Frames = 40;

    private static readonly FrameFormat Format = new(64, 48, new TimeBase(1, 90000), 25, null);
    private static readonly LiveOptions Smooth = new() { Policy = LatencyPolicy.Smooth, ReconnectFor = TimeSpan.Zero };

    private readonly Clips clips = new();
    private readonly LiveCounts counts = new();
    private readonly List<string> log = [];

    public void Dispose() => clips.Dispose();

    [Theory]
    [InlineData("rtmp://127.0.0.1:{port}/app/secretkey", "-listen 1 -f flv")]
    [InlineData("rtsp://127.0.0.1:{port}/live", "-rtsp_flags listen")]
    public void A_server_gets_every_frame(string url, string listening)
    {
        int port = Peer.FreePort();
        string target = url.Replace("{port}", $"{port}", StringComparison.Ordinal), got = clips.PathOf("got.mkv");
        using Peer server = Peer.FFmpeg($"{listening} -i {target} -c copy {got}");
        server.WaitForPort(port);

        Push(target, Smooth);
        server.WaitForExit();

        Assert.Equal(Frames, Clips.Packets(got));
        Assert.Equal((Frames, 0L), (counts.Out, counts.AllDropped));
        Assert.DoesNotContain(log, line => line.Contains("secretkey", StringComparison.Ordinal));
    }

    [Fact]
    public void Datagrams_reach_a_player()
    {
        int port = Peer.FreePort();
        string got = clips.PathOf("got.ts");
        using Peer player = Peer.FFmpeg($"-f mpegts -i udp://127.0.0.1:{port}?timeout=20000000 -frames:v 10 -c copy {got}");
        string listening = $":{port:X4} 00000000:0000 07";
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText("/proc/net/udp").Contains(listening, StringComparison.Ordinal), TimeSpan.FromSeconds(60)));

        Push($"udp://127.0.0.1:{port}?pkt_size=1316", Smooth, frames: 400);
        player.WaitForExit();

        Assert.Equal(10, Clips.Packets(got));
    }

    [Fact]
    public void Hls_lists_whole_segments_only_and_deletes_old_ones()
    {
        string list = clips.PathOf("live.m3u8");
        int seen = 0;

        Push(list, Smooth with { SegmentSeconds = 1 }, frames: 400, each: _ =>
        {
            if (!File.Exists(list))
                return;
            foreach (string name in File.ReadAllLines(list).Where(line => line.EndsWith(".ts", StringComparison.Ordinal)))
            {
                Assert.True(new FileInfo(clips.PathOf(name)).Length > 0, $"{name} is listed but not there");
                seen++;
            }
        });

        Assert.True(seen > 0, "no list was seen before the end");
        Assert.InRange(Directory.GetFiles(clips.Folder, "live-*.ts").Length, 6, 11);    // of 16
        Assert.Empty(Directory.GetFiles(clips.Folder, "*.tmp"));
        Assert.Equal(150, Clips.Packets(list));     // the six that are listed
    }

    [Fact]
    public void Files_of_a_fixed_length_follow_one_another_and_the_next_run_goes_on_counting()
    {
        string pattern = clips.PathOf("cam-%03d.mp4");

        Push(pattern, Smooth with { SegmentSeconds = 1 }, frames: 60);
        Push(pattern, Smooth with { SegmentSeconds = 1 }, frames: 25);

        Assert.Equal(
            ["cam-000.mp4 25", "cam-001.mp4 25", "cam-002.mp4 10", "cam-003.mp4 25"],
            Directory.GetFiles(clips.Folder).Order().Select(file => $"{Path.GetFileName(file)} {Clips.Packets(file)}"));
    }

    [Fact]
    public void A_file_gets_its_name_when_it_is_whole_and_a_kill_leaves_none_that_is_not()
    {
        string pattern = clips.PathOf("cam-%03d.mp4"), first = clips.PathOf("cam-000.mp4"), second = clips.PathOf(".cam-001.partial.mp4");
        LiveOptions options = Smooth with { SegmentSeconds = 1 };
        using (LiveSink sink = new(LiveOutput.Parse(pattern, options), Format, SinkOptions.Default, options, counts, log.Add))
        {
            Feed(sink, Frames, _ =>
            {
                if (File.Exists(first))
                    Assert.Equal(25, Clips.Packets(first));
            });
            Assert.True(SpinWait.SpinUntil(() => File.Exists(first) && File.Exists(second), TimeSpan.FromSeconds(60)), "the first file never got its name, or the second was not begun");
        }

        Push(pattern, options, frames: 25);

        Assert.Equal([".cam-001.partial.mp4", "cam-000.mp4", "cam-002.mp4"], Directory.GetFiles(clips.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_consumer_that_goes_away_is_reconnected_to_and_holds_nothing_up()
    {
        int port = Peer.FreePort();
        LiveOptions options = new() { Policy = LatencyPolicy.Balanced };
        const int Many = 3000;
        Peer server = Listen(port);
        try
        {
            Push($"rtmp://127.0.0.1:{port}/app/key", options, Many, new FastTime(50), i =>
            {
                if (i == 200)
                    server.Dispose();
                if (i == 1000)
                    server = Listen(port);
                if (i > 1000 && counts.SinkReconnects == 0)
                    SpinWait.SpinUntil(() => counts.SinkReconnects > 0, TimeSpan.FromMilliseconds(30));
            });
        }
        finally
        {
            server.Dispose();
        }

        Assert.Equal(Many, counts.Out + counts.Dropped(DropCause.Sink));
        Assert.True(counts.SinkReconnects > 0, string.Join('\n', log));
        Assert.True(counts.Dropped(DropCause.Sink) > 0, counts.ToString());
    }

    [Fact]
    public void A_consumer_that_stalls_is_replaced_and_its_drops_are_counted()
    {
        // It accepts, and never says a word.
        using System.Net.Sockets.TcpListener silent = new(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        int port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
        LiveOptions options = new() { Policy = LatencyPolicy.Balanced, StallTimeout = TimeSpan.FromSeconds(50) };
        const int Many = 2000;

        Push($"rtmp://127.0.0.1:{port}/app/key", options, Many, new FastTime(50), i =>
        {
            // Frames that come faster than the child's pipe fills are dropped before it could stall.
            SpinWait.SpinUntil(() => counts.Out + counts.Dropped(DropCause.Sink) >= i - 3 || Logged("took no frame for 50 s"), TimeSpan.FromSeconds(60));
        });

        Assert.True(Logged("took no frame for 50 s"), string.Join('\n', log));
        Assert.Equal(Many, counts.Out + counts.Dropped(DropCause.Sink));
        Assert.True(counts.Dropped(DropCause.Sink) > 0, counts.ToString());
    }

    [Fact]
    public void Without_reconnecting_a_consumer_that_is_not_there_fails_the_run()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Push($"rtmp://127.0.0.1:{Peer.FreePort()}/app/secretkey", Smooth, frames: 2000));

        Assert.Contains("/app/***' cannot be encoded", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secretkey", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cam.mp4", "write a place for the number")]
    [InlineData("cam-%d-%d.mp4", "write a place for the number")]
    [InlineData("%03d/cam.mp4", "there is no folder")]
    public void Names_of_segments_have_one_number(string name, string message)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => LiveOutput.Parse(clips.PathOf(name), new LiveOptions { SegmentSeconds = 1 }));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("srt://host:9?passphrase=secretphrase&streamid=secretid", "srt://host:9", "passphrase=secretphrase\nstreamid=secretid\n")]
    [InlineData("rtmp://host/app/secretkey?more=secret", "rtmp://host/app", "rtmp_app=app\nrtmp_playpath=secretkey?more=secret\n")]
    public void Secrets_of_an_output_are_in_a_file_of_ones_own(string url, string onCommandLine, string inFile)
    {
        string file;
        using (OutputSecrets secrets = new(LiveAddress.Parse(url)))
        {
            Assert.Equal(onCommandLine, secrets.Url);
            file = secrets.Option["-fpre ".Length..].Trim('"');
            Assert.Equal(inFile, File.ReadAllText(file));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
        }

        Assert.False(File.Exists(file));
    }

    [Fact]
    public void What_cannot_be_hidden_is_said()
    {
        Assert.Contains("every user of this machine", OutputSecrets.Warning(LiveAddress.Parse("rtsp://user:secret@host/live"))!, StringComparison.Ordinal);
        Assert.Null(OutputSecrets.Warning(LiveAddress.Parse("srt://host:1?passphrase=verysecret")));
    }

    private bool Logged(string text)
    {
        lock (log)
            return log.Any(line => line.Contains(text, StringComparison.Ordinal));
    }

    private Peer Listen(int port)
    {
        Peer server = Peer.FFmpeg($"-listen 1 -f flv -i rtmp://127.0.0.1:{port}/app/key -c copy -f null -");
        server.WaitForPort(port);
        return server;
    }

    private void Push(string output, LiveOptions options, int frames = Frames, TimeProvider? time = null, Action<int>? each = null)
    {
        using LiveSink sink = new(LiveOutput.Parse(output, options), Format, SinkOptions.Default, options, counts, line => { lock (log) log.Add(line); }, time: time);
        Feed(sink, frames, each);
        sink.Complete(CancellationToken.None);
    }

    private static void Feed(LiveSink sink, int frames, Action<int>? each)
    {
        FrameSlot slot = new(Format);
        Random random = new(1);
        for (int i = 0; i < frames; i++)
        {
            random.NextBytes(slot.Raw);
            slot.Pts = i * 3600;
            sink.Write(slot, slot.Raw, CancellationToken.None);
            each?.Invoke(i);
        }
    }
}
