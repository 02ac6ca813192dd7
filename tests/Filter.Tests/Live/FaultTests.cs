using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Live;
using Realtime.Filter.Tests.Graph;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;
using Realtime.Filter.Video;
using static Realtime.Filter.Tests.Commands.RealtimeProcess;

namespace Realtime.Filter.Tests.Live;

/// <summary>What must not end a live run, or must end it well.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly Clips clips = new();
    private readonly TinyModels models = new();

    public void Dispose()
    {
        clips.Dispose();
        models.Dispose();
    }

    [SkippableTheory]
    [InlineData("cam-%03d.mp4", 600)]
    [InlineData("live.m3u8", 250)]      // old segments are deleted: six must not fit
    public void A_disk_that_fills_up_ends_the_run_with_whole_files_before_it(string name, int kilobytes)
    {
        string disk = Directory.CreateDirectory(clips.PathOf("disk")).FullName;
        using Process mount = Process.Start(new ProcessStartInfo("mount", $"-t tmpfs -o size={kilobytes}k realtime-test {disk}") { RedirectStandardError = true })!;
        mount.WaitForExit();
        Skip.If(mount.ExitCode != 0, "a tiny disk cannot be mounted here: that needs root");
        try
        {
            string input = clips.Make("noise.mkv", "-f lavfi -i testsrc2=s=128x96:r=25 -vf noise=alls=90:allf=t -frames:v 250 -c:v libx264 -preset ultrafast -pix_fmt yuv420p {out}");

            Outcome outcome = Run("purify", "-i", input, "-o", Path.Combine(disk, name), "-m", models.Identity(), "--segment-time", "1", "--latency-policy", "smooth");

            Assert.True(outcome.ExitCode == 1, outcome.Errors);
            Assert.Contains("the disk is full", outcome.Errors, StringComparison.Ordinal);
            string[] whole = [.. Directory.GetFiles(disk).Where(file => Path.GetExtension(file) is ".mp4" or ".ts" && !Path.GetFileName(file).StartsWith('.'))];
            Assert.NotEmpty(whole);
            if (Path.GetExtension(name) == ".m3u8")
                whole = [whole.Order(StringComparer.Ordinal).First()];      // ffmpeg gives those that were cut their names too
            Assert.All(whole, file => Assert.Equal(25, Clips.Packets(file)));
        }
        finally
        {
            Clips.Run("umount", disk);
        }
    }

    [Fact]
    public void One_frame_that_cannot_be_purified_goes_out_as_it_came_and_the_stream_goes_on()
    {
        // Dark tiles become flat black, which is no picture of them: one frame in a white stream is dark.
        byte[] body = File.ReadAllBytes(clips.Make("blink.ts", "-f lavfi -i color=white:s=64x64:r=25 -f lavfi -i testsrc2=s=64x64:r=25 -filter_complex [1:v]lutyuv=y=16+(val-16)/4:u=128:v=128[dark];[0:v][dark]overlay=enable='eq(n,10)' -frames:v 25 -pix_fmt yuv420p -c:v libx264 -g 1 {out}"));
        using HttpPeer server = new((_, _) => new HttpPeer.Answer(body));
        string output = clips.PathOf("out.mp4"), events = clips.PathOf("events");

        Outcome outcome = Run("purify", "-i", server.Url("live.ts"), "-o", output, "-m", models.BlackBelowHalf(), "--latency-policy", "smooth", "--reconnect-for", "0", "--events", events);

        Assert.True(outcome.ExitCode == 1, outcome.Errors);
        Assert.Contains("1 of 25 frames could not be purified", outcome.Errors, StringComparison.Ordinal);
        Assert.Equal(25, Clips.Packets(output));
        Assert.Equal([10], File.ReadAllLines(events).Index().Where(line => line.Item.Contains("\"unpurified\":true", StringComparison.Ordinal)).Select(line => line.Index));
    }

    [Theory]
    [InlineData(LatencyPolicy.Latency)]
    [InlineData(LatencyPolicy.Balanced)]
    public void Twenty_minutes_of_a_consumer_at_a_third_of_the_rate_lag_no_more_at_their_end(LatencyPolicy policy)
    {
        const int Frames = 30_000;      // at 25 a second
        const int Ahead = 8;
        LiveCounts counts = new();
        List<long> lags = [];
        using SemaphoreSlim permits = new(Ahead);
        FakeSink sink = new()
        {
            OnWrite = (slot, _) =>
            {
                lags.Add(counts.In - (slot.Pts / 3));
                permits.Release(3);
                // Three frames come while one is written, whoever has the processor meanwhile.
                SpinWait.SpinUntil(() => counts.In >= Math.Min(Frames, Ahead + (3 * lags.Count)));
            },
        };
        using CapturedSource source = new(new PacedSource(new FakeSource(Frames), permits), policy, TimeSpan.FromHours(1), FrameGraph.MostFrames(1), counts, CancellationToken.None);
        using CountedSink counted = new(sink, counts, source);

        new FrameGraph(source, [new FakeStage("pass", (_, _) => { })], counted, FramePicture.Raw).Run(CancellationToken.None);

        Assert.Equal(counts.In, counts.Out + counts.AllDropped);
        Assert.InRange(counts.Out, Frames / 4, Frames / 2);
        int third = lags.Count / 3;
        Assert.InRange(lags[^third..].Average(), 0, lags[..third].Average() + Ahead);      // without drops it would be thousands
        Assert.InRange(lags.Max(), 1, 40);
    }

    // Delivers a frame for each permit.
    private sealed class PacedSource(FakeSource inner, SemaphoreSlim permits) : IFrameSource
    {
        public string Name => inner.Name;

        public FrameFormat Format => inner.Format;

        public bool TryRead(FrameSlot slot, CancellationToken cancellation)
        {
            permits.Wait(cancellation);
            return inner.TryRead(slot, cancellation);
        }

        public void Dispose() => inner.Dispose();
    }
}
