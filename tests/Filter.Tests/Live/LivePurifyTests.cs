using System.Runtime.InteropServices;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Live;

/// <summary><c>purify</c> with live inputs and outputs, as a user runs it.</summary>
public sealed class LivePurifyTests : IDisposable
{
    private readonly Clips clips = new();
    private readonly TinyModels models = new();

    public void Dispose()
    {
        clips.Dispose();
        models.Dispose();
    }

    [Fact]
    public void A_stream_that_ends_is_a_file_with_all_its_frames_and_the_counts_are_told()
    {
        byte[] body = clips.Stream();
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));
        string output = clips.PathOf("out.mp4");

        Outcome outcome = Run("purify", "-i", server.Url("live.ts", "user:secret99@"), "-o", output, "-m", models.Identity(), "--latency-policy", "smooth", "--reconnect-for", "0", "--progress", "json");

        Assert.True(outcome.ExitCode == 0, outcome.Errors);
        Assert.Equal(LiveClips.Frames, Clips.Packets(output));
        Assert.Contains($"in {LiveClips.Frames}, out {LiveClips.Frames}, dropped 0 (queue 0, late 0, sink 0), reconnects 0 of the source, 0 of the output, glass to glass ", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains($"\"in\":{LiveClips.Frames},\"out\":{LiveClips.Frames},\"droppedQueue\":0,\"droppedLate\":0,\"droppedSink\":0,\"sourceReconnects\":0", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("connected, h264 64x48 yuv420p at 25 fps", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret99", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, true, 130)]
    [InlineData(PosixSignal.SIGTERM, false, 143)]
    public void A_signal_ends_the_stream_and_the_file_is_whole(PosixSignal signal, bool toGroup, int code)
    {
        byte[] body = clips.Stream(frames: 400);
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body, ThenSilent: true));
        string output = clips.PathOf("out.mp4");

        Outcome outcome = RunAndSignal(signal, toGroup, "\"in\":3", "purify", "-i", server.Url("live.ts"), "-o", output, "-m", models.Identity(), "--progress", "json", "--latency-policy", "smooth");

        Assert.True(outcome.ExitCode == code, outcome.Errors);
        Assert.Contains("frames so far are written", outcome.Errors, StringComparison.Ordinal);
        int written = Clips.Packets(output);
        Assert.Contains($"the {written} frames so far", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains($"out {written}, dropped 0 ", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-i wss://host/live -o none", "'wss' is no protocol for a stream", 2)]
    [InlineData("-i solids: -o wss://host/live", "'wss' is no protocol for a stream", 2)]
    [InlineData("-i solids: -o none --latency-policy latency", "drops frames of a live input", 2)]
    [InlineData("-i rtsp://127.0.0.1:1/live -o none --benchmark", "its own pace", 2)]
    [InlineData("-i rtsp://127.0.0.1:1/live -o none --rtsp-transport smoke", "smoke", 2)]
    [InlineData("-i rtsp://127.0.0.1:1/live -o none --input-size big", "--input-size takes WIDTHxHEIGHT", 2)]
    [InlineData("-i solids: -o cam.mp4 --segment-time 0.1", "--segment-time must be from 1", 2)]
    [InlineData("-i solids: -o cam.mp4 --segment-time 5", "write a place for the number", 2)]
    [InlineData("-i /dev/video-none -o none", "no such device", 1)]
    [InlineData("-i solids: -o /dev/video-none", "no such device", 1)]
    [InlineData("-i rtsp://127.0.0.1:1/live -o none", "Connection refused", 1)]
    public void What_is_wrong_is_named(string arguments, string message, int code)
    {
        Outcome outcome = Run(["purify", .. arguments.Split(' '), "-m", models.Identity()]);

        Assert.True(outcome.ExitCode == code, outcome.Errors);
        Assert.Contains(message, outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_purify_takes_a_live_input()
    {
        Outcome outcome = Run("attack", "-i", "rtsp://user:secret99@127.0.0.1:1/live", "-o", clips.PathOf("out.mp4"), "--attack", "fgsm");

        Assert.Equal(2, outcome.ExitCode);
        Assert.DoesNotContain("secret99", outcome.Errors, StringComparison.Ordinal);
    }
}
