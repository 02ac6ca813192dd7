using System.Diagnostics;
using System.Diagnostics.Metrics;
using Realtime.Filter.Events;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Guard;

namespace Realtime.Filter.Telemetry;

/// <summary>
/// The meter "Realtime": what a run does, for any listener of System.Diagnostics.Metrics. Times are recorded with each frame, which costs no memory; everything else
/// is asked for when somebody looks. docs/operations.md says what each instrument means.
/// </summary>
internal sealed class StreamMetrics : IStageObserver, IFrameObserver, IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Realtime";

    private const string Frames = "{frame}";
    private const string Tiles = "{tile}";
    private const string Events = "{event}";

    // From half a millisecond, a small picture on a GPU, to ten seconds, a large one on a slow processor.
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };

    private readonly Histogram<double> stages;
    private readonly Histogram<double> latency;
    private double score = double.NaN;
    private bool isAlarm;

    /// <summary>Makes the instruments that need no graph.</summary>
    /// <param name="drops">Frames dropped, by cause.</param>
    /// <param name="identity">Which of several streams they are about; null for the only one.</param>
    public StreamMetrics(FrameDrops drops, StreamIdentity? identity = null)
    {
        Meter = new Meter(new MeterOptions(MeterName) { Scope = identity?.Scope, Tags = identity is null ? null : [identity.Label] });
        stages = Meter.CreateHistogram("realtime.stage.duration", "s", "Time a stage worked on a frame, without waiting.", tags: null, Seconds);
        latency = Meter.CreateHistogram("realtime.frame.latency", "s", "Time from the decoder to the end of the frame's way.", tags: null, Seconds);
        Meter.CreateObservableCounter("realtime.frames.dropped", () => drops.ByCause.Select(one => Tagged(one.Value, "cause", one.Key)), Frames, "Frames left out on purpose, by cause.");
    }

    /// <summary>The meter, for listeners of this run alone.</summary>
    public Meter Meter { get; }

    /// <summary>Makes the instruments of a graph. To be called once, before it runs.</summary>
    /// <param name="graph">Asked when somebody looks.</param>
    /// <param name="stream">Likewise.</param>
    /// <param name="about">What is run on what, as labels of a gauge that is always 1.</param>
    public void Watch(FrameGraph graph, ProtectedStream stream, IReadOnlyList<KeyValuePair<string, object?>> about)
    {
        Measurement<int> one = new(1, [.. about]);
        Meter.CreateObservableGauge("realtime.run.info", () => one, description: "What is run on what; always 1.");
        Count("realtime.frames.in", () => graph.FramesRead, Frames, "Frames read from the input.");
        Count("realtime.frames.out", () => graph.FramesDone, Frames, "Frames that reached the output.");
        Meter.CreateObservableCounter("realtime.frames.failed", () => Failed(graph, stream), Frames, "Frames that went out without being purified, or without a verdict.");
        if (stream.Purify.Tiles is not null)
        {
            Count("realtime.tiles.purified", () => stream.Purify.Tiles!.Value.Purified, Tiles, "Tiles that went through the purifier.");
            Count("realtime.tiles.reused", () => stream.Purify.Tiles!.Value.Reused, Tiles, "Tiles whose pixels had not changed and that kept their purified output.");
        }

        string[] queues = [.. stream.Stages.Select(stage => stage.Name), "sink"];
        Meter.CreateObservableGauge("realtime.queue.frames", () => queues.Select((name, i) => Tagged((long)graph.Waiting(i), "queue", name)), Frames, "Frames that wait before a stage.");
        if (stream.Classify is not { } classify)
            return;
        Count("realtime.verdicts.changed", () => classify.Changed, Frames, "Frames whose most probable class was another one behind the purifier.");
        Count("realtime.alarms", () => classify.Raised, "{alarm}", "How often the alarm went up.");
        Meter.CreateObservableGauge("realtime.alarm.active", () => Volatile.Read(ref isAlarm) ? 1 : 0, description: "1 while the alarm is up.");
        Meter.CreateObservableGauge("realtime.attack.score", Scores, description: "The attack score of the newest frame, 0 to 1; absent without a calibration.");
    }

    /// <summary>Makes the instruments of the events.</summary>
    public void Watch(IEventWriter events)
    {
        Count("realtime.events.delivered", () => events.Counts.Delivered, Events, "Events that arrived where --events says.");
        Count("realtime.events.failures", () => events.Counts.Failures, "{attempt}", "Attempts to deliver an event that failed; it may have arrived later.");
        Count("realtime.events.lost", () => events.Counts.Lost, Events, "Events that will not arrive.");
        Meter.CreateObservableGauge("realtime.events.waiting", () => events.Waiting, Events, "Events that wait for the hook.");
    }

    /// <inheritdoc/>
    public void Worked(string stage, long elapsed) => stages.Record((double)elapsed / Stopwatch.Frequency, new KeyValuePair<string, object?>("stage", stage));

    /// <inheritdoc/>
    public void FrameOut(FrameSlot slot)
    {
        latency.Record(Stopwatch.GetElapsedTime(slot.DecodedAt).TotalSeconds);
        if (slot.Verdicts is not { } verdicts)
            return;
        Volatile.Write(ref score, verdicts.Score);
        Volatile.Write(ref isAlarm, verdicts.IsAlarm);
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private static Measurement<long> Tagged(long value, string key, string text) => new(value, new KeyValuePair<string, object?>(key, text));

    private static IEnumerable<Measurement<long>> Failed(FrameGraph graph, ProtectedStream stream)
    {
        yield return Tagged(graph.FramesUnpurified, "stage", "purify");
        if (stream.Classify is { } classify)
            yield return Tagged(classify.Failures, "stage", "classify");
    }

    private IEnumerable<Measurement<double>> Scores()
    {
        double now = Volatile.Read(ref score);
        return double.IsNaN(now) ? [] : [new Measurement<double>(now)];
    }

    private void Count(string name, Func<long> value, string unit, string description) => Meter.CreateObservableCounter(name, value, unit, description);
}
