using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Graph;
using Realtime.Filter.Guard;
using Realtime.Filter.Live;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tiles;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary>One stream through a purifier that is open: source, graph, sink, summary. Purifier and telemetry are borrowed.</summary>
internal sealed class StreamRun(PurifySettings settings, ConsoleLog log, ITilePurifier purifier, TelemetrySetup telemetry)
{
    /// <summary>Runs to the end.</summary>
    /// <param name="isLive">Whether a signal ends the stream and finishes its file, rather than giving it up.</param>
    /// <param name="cancellation">The signal.</param>
    /// <returns><see cref="ExitCode.Ok"/>, or <see cref="ExitCode.Failed"/> where the input broke off, frames stayed unpurified or unclassified, or events were lost.</returns>
    public ExitCode Execute(bool isLive, CancellationToken cancellation)
    {
        CheckTiles();
        using ClassifierSetup? classifier = settings.Classifier is { } chosen ? new ClassifierSetup(chosen, settings.Model, log) : null;
        return isLive ? RunLive(classifier, cancellation) : RunFile(classifier, cancellation);
    }

    private ExitCode RunFile(ClassifierSetup? classifier, CancellationToken cancellation)
    {
        using IFrameSource source = FrameSources.Open(settings.Input, settings.Source);
        CheckOutputIsNew();
        using ProtectedStream stream = ClassifierSetup.Stages(classifier, source.Format, purifier, settings.Overlap, settings.TileTolerance);
        purifier.Prepare(stream.Purify.Grid.Count);
        if (settings.Benchmark)
            return Conclude(RunBenchmark(source, stream.Purify, cancellation), stream, live: null);
        using IFrameSink sink = FrameSinks.Create(settings.Output!, source, settings.Sink);
        Announce(stream.Purify.Grid);
        FrameGraphResult result = new PurifyGraph(settings, log, purifier, classifier, telemetry).Run(source, stream, sink, live: null, cancellation);
        return Conclude(result, stream, live: null);
    }

    // A signal ends the stream, not the run: what was captured is written, and a file is finished.
    private ExitCode RunLive(ClassifierSetup? classifier, CancellationToken cancellation)
    {
        if (settings.Benchmark)
            throw new UserErrorException(ExitCode.Usage, "--benchmark measures how fast a file goes; a live input or output has its own pace. Leave one of them out.");
        CheckOutputIsNew();
        using LiveRun live = new(settings.Input, settings.Output!, settings.Source, settings.Live, telemetry.Drops, note => log.Write(LogLevel.Info, note), cancellation);
        using ProtectedStream stream = ClassifierSetup.Stages(classifier, live.Format, purifier, settings.Overlap, settings.TileTolerance);
        purifier.Prepare(stream.Purify.Grid.Count);
        IFrameSource source = live.Capture(FrameGraph.MostFrames(stream.Stages.Count));
        using IFrameSink sink = live.Open(settings.Sink);
        Announce(stream.Purify.Grid);
        FrameGraphResult result = new PurifyGraph(settings, log, purifier, classifier, telemetry).Run(source, stream, sink, live.Counts, CancellationToken.None);
        ExitCode code = Conclude(result, stream, live.Counts);
        return cancellation.IsCancellationRequested && code == ExitCode.Ok
            ? throw new InterruptedException($"interrupted; the {result.Frames} frames so far are written.")
            : code;
    }

    private FrameGraphResult RunBenchmark(IFrameSource source, PurifyPipeline pipeline, CancellationToken cancellation)
    {
        Announce(pipeline.Grid);
        PurifyBenchmark benchmark = new(source, purifier, pipeline);
        FrameGraphResult result;
        using (new ProgressReporter(benchmark.Progress, settings.FramesToCome(source.Format), settings.Progress))
            result = benchmark.Run(settings.Frames, cancellation);
        Console.Out.Write(benchmark.Report());
        return result;
    }

    // Equal tiles are reused wherever that is sound, without asking; a tolerance is asked for, and must not be dropped in silence.
    private void CheckTiles()
    {
        if (settings.Overlap > TileGrid.MaxOverlap(purifier.TileSize))
            throw new UserErrorException(ExitCode.Usage, $"--overlap {settings.Overlap} is too large for tiles of {purifier.TileSize} pixels: at most {TileGrid.MaxOverlap(purifier.TileSize)}.");
        string? obstacle = purifier is IFramePurifier
            ? $"--device {settings.Device} purifies every tile"
            : purifier.Randomness is string chance ? $"model '{purifier.Name}' leaves something to chance, {chance}, and one purified tile cannot stand for another" : null;
        if (obstacle is null || settings.TileTolerance is null)
            return;
        if (settings.TileTolerance > 0)
            throw new UserErrorException(ExitCode.Usage, $"--tile-tolerance {settings.TileTolerance} cannot be had: {obstacle}. Leave it out.");
        if (purifier.Randomness is not null)
            log.Write(LogLevel.Info, $"{obstacle}: every tile is purified.");
    }

    private void CheckOutputIsNew()
    {
        if (settings.Benchmark || settings.Overwrite || settings.Output == FrameSinks.Nowhere || LiveInput.Matches(settings.Output!) || !File.Exists(settings.Output) || Path.GetFullPath(settings.Output) == Path.GetFullPath(settings.Input))
            return;   // the same file as the input is refused by the sink, with its own message
        throw new UserErrorException(ExitCode.Usage, $"output '{settings.Output}' exists; -y replaces it.");
    }

    private void Announce(TileGrid grid) => log.Write(
        LogLevel.Info,
        string.Create(
            CultureInfo.InvariantCulture,
            $"device {DeviceOptions.Describe(settings.Device, settings.Precision)}, {purifier.Work}; model {purifier.Name}; {grid.Width}x{grid.Height} in {grid.Count} tiles of {grid.TileSize}, overlap {grid.Overlap}"));

    private ExitCode Conclude(FrameGraphResult result, ProtectedStream stream, LiveCounts? live)
    {
        telemetry.EndEvents();
        double seconds = result.Elapsed.TotalSeconds;
        string reused = stream.Purify.Tiles is { } tiles ? $", {ProgressReporter.Percent(tiles)} of tiles reused" : "";
        string where = settings.Benchmark ? "" : $" -> {(LiveAddress.Matches(settings.Output!) ? LiveAddress.Parse(settings.Output!).Name : settings.Output)}";
        string dropped = live is null ? "dropped 0" : live.ToString();
        log.Write(
            LogLevel.Info,
            string.Create(CultureInfo.InvariantCulture, $"{result.Frames} frames in {seconds:0.0} s ({result.Frames / seconds:0.0} fps), {dropped}, unpurified {result.Unpurified}{reused}{where}"));
        if (stream.Classify is { } verdicts)
            log.Write(LogLevel.Info, $"the purifier changed the verdict on {verdicts.Changed} frames; the alarm went up {verdicts.Raised} times");
        if (result.Unpurified > 0)
            log.Write(LogLevel.Error, $"{result.Unpurified} of {result.Frames} frames could not be purified and were passed through as they came; {stream.Purify.FirstFailure}.");
        if (stream.Classify is { Failures: > 0 } classify)
            log.Write(LogLevel.Error, $"{classify.Failures} of {result.Frames} frames could not be classified; {classify.FirstFailure}.");
        if (telemetry.EventsLost > 0)
            log.Write(LogLevel.Error, $"{telemetry.EventsLost} events were lost.");
        if (result.SourceFailure is not null)
            log.Write(LogLevel.Error, result.SourceFailure.Message);
        return result.Unpurified > 0 || stream.Classify is { Failures: > 0 } || telemetry.EventsLost > 0 || result.SourceFailure is not null ? ExitCode.Failed : ExitCode.Ok;
    }
}
