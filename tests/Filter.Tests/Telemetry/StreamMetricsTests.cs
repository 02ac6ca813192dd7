using System.Globalization;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Events;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Guard;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Telemetry;
using Realtime.Filter.Tests.Graph;
using Realtime.Filter.Tests.Guard;
using Realtime.Filter.Tests.Purifiers;

namespace Realtime.Filter.Tests.Telemetry;

public sealed class StreamMetricsTests : IDisposable
{
    private static readonly FrameFormat Format = new(70, 46, new TimeBase(1, 25), 25, null);

    private readonly TinyModels models = new();

    public void Dispose() => models.Dispose();

    [Fact]
    public void A_run_is_counted_as_it_was()
    {
        FrameDrops drops = new();
        drops.Dropped("late", 3);
        using StreamMetrics metrics = new(drops);
        using MetricsCollector collector = new(one => one == metrics.Meter);
        using FileEvents lost = new("/dev/full", _ => { });
        metrics.Watch(lost);
        lost.Write("x\n"u8);

        // Bright frames come out dark; the second half is a still picture; the classifier fails on one call.
        using FakeClassifier classifier = new(failing: 3);
        Run(models.Halve(), classifier, metrics, frames: 8, (slot, _) => slot.Raw.AsSpan().Fill((byte)(slot.Id < 4 ? 180 + slot.Id : 200)));

        Dictionary<string, double> found = Read(collector);
        Assert.Equal((8, 8), (found["realtime_frames_in_total"], found["realtime_frames_out_total"]));
        Assert.Equal((3, 0, 1), (found["realtime_frames_dropped_total{cause=\"late\"}"], found["realtime_frames_failed_total{stage=\"purify\"}"], found["realtime_frames_failed_total{stage=\"classify\"}"]));
        Assert.Equal((5, 3), (found["realtime_tiles_purified_total"], found["realtime_tiles_reused_total"]));
        Assert.Equal((7, 1, 1), (found["realtime_verdicts_changed_total"], found["realtime_alarms_total"], found["realtime_alarm_active"]));
        foreach (string stage in (string[])["source", "resize", "gather", "purify", "blend", "classify", "sink"])
            Assert.Equal(8, found[$"realtime_stage_duration_seconds_count{{stage=\"{stage}\"}}"]);
        Assert.Equal((8, 8), (found["realtime_frame_latency_seconds_count"], found["realtime_frame_latency_seconds_bucket{le=\"+Inf\"}"]));
        Assert.Equal(0, found["realtime_queue_frames{queue=\"classify\"}"]);
        Assert.Equal((0, 1, 1), (found["realtime_events_delivered_total"], found["realtime_events_failures_total"], found["realtime_events_lost_total"]));
        Assert.Equal(1, found["realtime_run_info{device=\"cpu\"}"]);
        Assert.DoesNotContain("realtime_attack_score", found.Keys);
        Assert.Contains("dotnet_process_memory_working_set_bytes", found.Keys);
    }

    [Fact]
    public void Frames_that_could_not_be_purified_are_failed()
    {
        using StreamMetrics metrics = new(new FrameDrops());
        using MetricsCollector collector = new(one => one == metrics.Meter);
        using FakeClassifier classifier = new();
        Run(models.NotANumber(), classifier, metrics, frames: 4, (slot, _) => new Random((int)slot.Id).NextBytes(slot.Raw));

        Assert.Equal(4, Read(collector)["realtime_frames_failed_total{stage=\"purify\"}"]);
    }

    [Fact]
    public void Several_streams_are_told_apart_by_a_label_and_leave_nothing_behind()
    {
        object scope = new();
        using MetricsCollector collector = new(one => one.Scope == scope);
        FrameDrops drops = new();
        drops.Dropped("late", 3);
        using StreamMetrics door = new(drops, new StreamIdentity("door", scope)), stranger = new(drops, new StreamIdentity("door", new object()));
        StreamMetrics yard = new(new FrameDrops(), new StreamIdentity("yard", scope));
        foreach (StreamMetrics one in (StreamMetrics[])[door, yard, yard, stranger])
            one.Worked("purify", 1);

        Dictionary<string, double> found = Read(collector);
        Assert.Equal(3, found["realtime_frames_dropped_total{stream=\"door\",cause=\"late\"}"]);
        Assert.Equal((1, 2), (found["realtime_stage_duration_seconds_count{stream=\"door\",stage=\"purify\"}"], found["realtime_stage_duration_seconds_count{stream=\"yard\",stage=\"purify\"}"]));
        Assert.Single(collector.Write().Split('\n'), line => line == "# TYPE realtime_stage_duration_seconds histogram");
        yard.Dispose();
        Assert.DoesNotContain(Read(collector).Keys, key => key.Contains("yard", StringComparison.Ordinal));
        Assert.Contains("realtime_stage_duration_seconds_count{stream=\"door\",stage=\"purify\"}", Read(collector).Keys);
    }

    [Fact]
    public void Watching_costs_a_frame_no_memory()
    {
        using StreamMetrics metrics = new(new FrameDrops());
        using MetricsCollector collector = new(one => one == metrics.Meter);
        FlowHealth health = new(TimeSpan.FromSeconds(10), TimeProvider.System);
        FrameSlot slot = new(Format) { Verdicts = new FrameVerdicts(1) { Score = 0.5 } };
        using FakeSink inner = new();
        ObservedSink sink = new(new DiscardSink(), health, metrics);
        Frames(10);
        long[] windows = new long[8];
        for (int window = 0; window < windows.Length; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Frames(50);
            windows[window] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Contains(0, windows);

        void Frames(int count)
        {
            for (int i = 0; i < count; i++)
            {
                metrics.Worked("purify", 1000);
                metrics.Worked("sink", 100);
                sink.Write(slot, slot.Raw, CancellationToken.None);
            }
        }
    }

    private static void Run(string model, FakeClassifier classifier, StreamMetrics metrics, int frames, Action<FrameSlot, CancellationToken> fill)
    {
        using OnnxPurifier purifier = OnnxPurifier.Open(model, 1);
        using ProtectedStream stream = new(Format, purifier, 4, 0, Protection.Classifier, classifier, calibration: null, top: 2);
        using FilledSource source = new(frames, fill);
        using FakeSink inner = new();
        ObservedSink sink = new(inner, metrics);
        FrameGraph graph = new(source, stream.Stages, sink, stream.Picture, new FrameGraphOptions(Observer: metrics));
        metrics.Watch(graph, stream, [new("device", "cpu")]);
        graph.Run(CancellationToken.None);
        Assert.Equal(frames, inner.Frames.Count);
    }

    private static Dictionary<string, double> Read(MetricsCollector collector) => collector.Write()
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line[0] != '#')
        .ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture));

    /// <summary>Frames of our making.</summary>
    private sealed class FilledSource(int frames, Action<FrameSlot, CancellationToken> fill) : Filter.Video.IFrameSource
    {
        private long next;

        public string Name => "filled";

        public FrameFormat Format => StreamMetricsTests.Format;

        public bool TryRead(FrameSlot slot, CancellationToken cancellation)
        {
            if (next == frames)
                return false;
            slot.Id = next++;
            fill(slot, cancellation);
            return true;
        }

        public void Dispose()
        {
        }
    }
}
