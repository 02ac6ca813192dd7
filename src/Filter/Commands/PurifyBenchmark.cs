using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary>
/// Compares the graph with bare inference of as many tiles. Both are measured in turns, a few seconds each, so that whatever else the
/// machine does meanwhile hits both alike.
/// </summary>
internal sealed class PurifyBenchmark
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    private const int FewestFrames = 10;

    private readonly IFrameSource source;
    private readonly ITilePurifier purifier;
    private readonly PurifyPipeline pipeline;
    private readonly float[] tiles;
    private readonly float[] purified;
    private StageStatistics[] statistics = [];   // source, stages, sink, latency
    private TimeSpan bareTime;
    private long bareFrames;
    private TimeSpan graphTime;
    private long graphFrames;
    private long unpurified;
    private long allocated;
    private FrameGraph? current;

    /// <summary>Prepares; all three are borrowed.</summary>
    public PurifyBenchmark(IFrameSource source, ITilePurifier purifier, PurifyPipeline pipeline)
    {
        this.source = source;
        this.purifier = purifier;
        this.pipeline = pipeline;
        tiles = new float[pipeline.Grid.Count * pipeline.Grid.TileLength];
        purified = new float[tiles.Length];
        Random random = new(1);
        foreach (ref float value in tiles.AsSpan())
            value = random.NextSingle();
    }

    /// <summary>Frames through the graph so far, and those of them that stayed unpurified.</summary>
    public RunCounts Progress()
    {
        FrameGraph? running = Volatile.Read(ref current);
        return new RunCounts(
            Volatile.Read(ref graphFrames) + (running?.FramesDone ?? 0),
            Volatile.Read(ref unpurified) + (running?.FramesUnpurified ?? 0),
            pipeline.Tiles);
    }

    /// <summary>Takes the source to its end, or to <paramref name="maxFrames"/>.</summary>
    /// <returns>As of one run; the time is that of the graph alone.</returns>
    public FrameGraphResult Run(long maxFrames, CancellationToken cancellation)
    {
        MeasureBare(1, Timeout.InfiniteTimeSpan, cancellation);   // warm
        (bareTime, bareFrames) = (TimeSpan.Zero, 0);
        MeasureBare(FewestFrames / 2, Turn, cancellation);
        long turn = Math.Max(FewestFrames, (long)(Turn / bareTime * bareFrames));
        UserErrorException? failure = null;
        bool more = true;
        while (more && graphFrames < maxFrames)
        {
            long wanted = Math.Min(turn, maxFrames - graphFrames);
            FrameGraphResult result = RunGraph(wanted, cancellation);
            failure = result.SourceFailure;
            more = result.Frames == wanted && failure is null;

            // Where tiles are reused, many frames pass in the time of one purified whole: turns grow, and bare inference gets no more time than they.
            MeasureBare(Math.Max(1, result.Frames / 2), result.Elapsed, cancellation);
            turn = Math.Max(turn, (long)(Turn / result.Elapsed * result.Frames));
        }

        return new FrameGraphResult(graphFrames, unpurified, graphTime, failure);
    }

    /// <summary>The table.</summary>
    public string Report()
    {
        double fps = graphFrames / graphTime.TotalSeconds;
        double bareFps = bareFrames / bareTime.TotalSeconds;
        StageStatistics inference = statistics.First(stage => stage.Name == "purify");
        List<string> lines = ["stage      p50 ms   p95 ms   p99 ms  mean ms   busy   wait"];
        lines.AddRange(statistics[..^1].Select(stage => Row(stage) + Text($"{stage.Total / graphTime,7:P0}{stage.Waited / graphTime,7:P0}")));
        lines.Add(Row(statistics[^1]));
        lines.Add(Text($"end to end     {fps:0.00} fps over {graphFrames} frames"));
        lines.Add(Text($"bare inference {bareFps:0.00} fps over {bareFrames} times as many tiles, in turns with the above"));
        lines.Add(Text($"ratio          {fps / bareFps:0.000}"));
        lines.Add(Text($"share of time in inference {inference.Total / graphTime:0.000}"));
        if (pipeline.Tiles is { } reuse)
            lines.Add(Text($"tiles reused   {reuse.Reused} of {reuse.All} ({ProgressReporter.Percent(reuse)})"));
        lines.Add(Text($"managed memory {allocated / (1000.0 * Math.Max(1, graphFrames)):0.0} kB a frame, start and end of every turn included"));
        return string.Join('\n', lines) + "\n";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Row(StageStatistics stage) =>
        Text($"{stage.Name,-8}{stage.Percentile(50),9:0.00}{stage.Percentile(95),9:0.00}{stage.Percentile(99),9:0.00}{stage.Total.TotalMilliseconds / Math.Max(1, stage.Count),9:0.00}");

    private FrameGraphResult RunGraph(long frames, CancellationToken cancellation)
    {
        using DiscardSink sink = new();
        FrameGraph graph = new(source, pipeline.Stages, sink, FramePicture.Purified, new FrameGraphOptions(MaxFrames: frames));
        long before = GC.GetTotalAllocatedBytes();
        Volatile.Write(ref current, graph);
        FrameGraphResult result = graph.Run(cancellation);
        Volatile.Write(ref current, null);
        allocated += GC.GetTotalAllocatedBytes() - before;
        graphTime += result.Elapsed;
        Volatile.Write(ref graphFrames, graphFrames + result.Frames);
        Volatile.Write(ref unpurified, unpurified + result.Unpurified);
        StageStatistics[] measured = [.. graph.Statistics, graph.Latency];
        if (statistics.Length == 0)
            statistics = [.. measured.Select(stage => new StageStatistics(stage.Name))];
        for (int i = 0; i < measured.Length; i++)
            statistics[i].Add(measured[i]);
        return result;
    }

    // So many frames, or fewer where they take longer than `atMost`; at least one.
    private void MeasureBare(long frames, TimeSpan atMost, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        long done = 0;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            purifier.Purify(tiles, purified, pipeline.Grid.Count);
            done++;
        }
        while (done < frames && (atMost == Timeout.InfiniteTimeSpan || Stopwatch.GetElapsedTime(begin) < atMost));

        bareTime += Stopwatch.GetElapsedTime(begin);
        bareFrames += done;
    }
}
