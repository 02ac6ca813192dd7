using System.Globalization;
using Realtime.Filter.Graph;
using Realtime.Filter.Live;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Commands;

/// <summary>Shows on stderr how far a graph is, twice a second and once at the end. It reads counters only.</summary>
internal sealed class ProgressReporter : IDisposable
{
    private readonly ProgressLine shown;

    public ProgressReporter(FrameGraph graph, long? total, ProgressMode mode)
        : this(() => new RunCounts(graph.FramesDone, graph.FramesUnpurified), total, mode)
    {
    }

    /// <summary>Shows what <paramref name="counts"/> says, which is asked from another thread.</summary>
    public ProgressReporter(Func<RunCounts> counts, long? total, ProgressMode mode)
    {
        shown = new ProgressLine(elapsed => Line(counts(), total, elapsed, mode == ProgressMode.Json), mode);
    }

    public void Dispose() => shown.Dispose();

    /// <summary>One line of progress.</summary>
    /// <param name="counts">What is done.</param>
    /// <param name="total">Frames to come in all, where known.</param>
    /// <param name="elapsed">Since the begin.</param>
    /// <param name="json">As JSON rather than as text.</param>
    internal static string Line(RunCounts counts, long? total, TimeSpan elapsed, bool json)
    {
        long frame = counts.Frames;
        double fps = elapsed > TimeSpan.Zero ? frame / elapsed.TotalSeconds : 0;
        double? left = total is long all && fps > 0 ? Math.Max(0, all - frame) / fps : null;

        // The file path never drops a frame: the graph has no way to. The figure is shown so that it can be relied on.
        long dropped = counts.Live?.AllDropped ?? 0;
        if (json)
            return string.Create(CultureInfo.InvariantCulture, $$"""{"frame":{{frame}},"frames":{{Number(total)}},"fps":{{fps:0.##}},"secondsLeft":{{Number(left)}},"dropped":{{dropped}},"unpurified":{{counts.Unpurified}},"tiles":{{Number(counts.Tiles?.All)}},"tilesReused":{{Number(counts.Tiles?.Reused)}}{{LiveJson(counts.Live)}}}""");

        string of = total is long known ? string.Create(CultureInfo.InvariantCulture, $"/{known}") : "";
        string time = left is double seconds ? $", {TimeSpan.FromSeconds(Math.Ceiling(seconds)):h\\:mm\\:ss} left" : "";
        string reused = counts.Tiles is { Reused: > 0 } tiles ? string.Create(CultureInfo.InvariantCulture, $", {Percent(tiles)} of tiles reused") : "";
        string marked = counts.Unpurified > 0 ? string.Create(CultureInfo.InvariantCulture, $", {counts.Unpurified} unpurified") : "";
        return string.Create(CultureInfo.InvariantCulture, $"frame {frame}{of}, {fps:0.0} fps{time}, dropped {dropped}{LiveText(counts.Live)}{reused}{marked}");
    }

    /// <summary>The reused part of <paramref name="tiles"/>, "83 %"; rounded down, so that 100 % means all.</summary>
    internal static string Percent(TileCounts tiles) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * tiles.ReusedShare):0} %");

    private static string LiveText(LiveCounts? live) => live is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" (queue {live.Dropped(DropCause.Queue)}, late {live.Dropped(DropCause.Late)}, sink {live.Dropped(DropCause.Sink)}), reconnects {live.SourceReconnects}+{live.SinkReconnects}, {live.LastDelay.TotalMilliseconds:0} ms");

    private static string LiveJson(LiveCounts? live) => live is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $",\"in\":{live.In},\"out\":{live.Out},\"droppedQueue\":{live.Dropped(DropCause.Queue)},\"droppedLate\":{live.Dropped(DropCause.Late)},\"droppedSink\":{live.Dropped(DropCause.Sink)},\"sourceReconnects\":{live.SourceReconnects},\"sinkReconnects\":{live.SinkReconnects},\"delayMs\":{live.LastDelay.TotalMilliseconds:0.#},\"soundLostMs\":{live.Sound?.Lost.TotalMilliseconds ?? 0:0}");

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "null";

    private static string Number(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? "null";
}
