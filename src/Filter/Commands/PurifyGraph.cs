using Realtime.Filter.Graph;
using Realtime.Filter.Guard;
using Realtime.Filter.Live;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary>The graph of a run of <c>purify</c>, with all that looks at it: progress, trace, events, metrics. Everything is borrowed.</summary>
internal sealed class PurifyGraph(PurifySettings settings, ConsoleLog log, ITilePurifier purifier, ClassifierSetup? classifier, TelemetrySetup telemetry)
{
    /// <summary>Runs a stream to its end.</summary>
    /// <param name="source">Where frames come from.</param>
    /// <param name="stream">What happens to them.</param>
    /// <param name="sink">Where they go.</param>
    /// <param name="live">Counts of a live run; null for others.</param>
    /// <param name="cancellation">Gives the run up.</param>
    public FrameGraphResult Run(IFrameSource source, ProtectedStream stream, IFrameSink sink, LiveCounts? live, CancellationToken cancellation)
    {
        using PartialFile? traceFile = settings.TraceFile is string name ? new PartialFile(name, "--trace") : null;
        IFrameSink observed = telemetry.Observe(sink, classifier?.Classifier.Labels ?? [], settings.Device.ToString());
        FrameGraphResult result;
        using (FileStream? file = traceFile is null ? null : File.Create(traceFile.TemporaryPath))
        using (FrameTrace? trace = file is null ? null : new FrameTrace(file, "realtime purify"))
            result = Run(source, stream, observed, live, trace, cancellation);
        traceFile?.Complete();
        return result;
    }

    private FrameGraphResult Run(IFrameSource source, ProtectedStream stream, IFrameSink sink, LiveCounts? live, FrameTrace? trace, CancellationToken cancellation)
    {
        if (trace is not null)
            purifier.TraceTo(trace);
        FrameGraph graph = new(source, stream.Stages, sink, stream.Picture, new FrameGraphOptions(MaxFrames: settings.Frames, Trace: trace, Observer: telemetry.Stages));
        log.Write(LogLevel.Debug, $"graph:\n{graph}");
        if (settings.GraphFile is string file)
            GraphFile.Write(graph, file);
        telemetry.Watch(
            graph,
            stream,
            new("device", settings.Device.ToString()),
            new("model", purifier.Name),
            new("classifier", settings.Classifier?.Model ?? ""),
            new("protects", (settings.Classifier?.Protection ?? Protection.Picture).ToString().ToLowerInvariant()));
        using (new ProgressReporter(() => new RunCounts(graph.FramesDone, graph.FramesUnpurified, stream.Purify.Tiles, live), settings.FramesToCome(source.Format), settings.Progress))
            return graph.Run(cancellation);
    }
}
