using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;

namespace Realtime.Bench;

/// <summary>The threaded graph, without ffmpeg, against bare inference of the same tiles. What is missing to 1 is the graph's own cost.</summary>
internal static class GraphBench
{
    private const int Rounds = 3;
    private const int Frames = 8;

    public static void Print(int width, int height, int overlap, string model)
    {
        FrameFormat format = new(width, height, new TimeBase(1, 25), 25, Frames);
        using OnnxPurifier purifier = OnnxPurifier.Open(model);
        using PurifyPipeline pipeline = new(format, purifier, overlap);
        purifier.ChooseBatchSize(pipeline.Grid.Count);
        float[] tiles = new float[pipeline.Grid.Count * pipeline.Grid.TileLength];
        float[] purified = new float[tiles.Length];
        Array.Fill(tiles, 0.5f);
        purifier.Purify(tiles, purified, pipeline.Grid.Count);

        TimeSpan bare = TimeSpan.Zero, whole = TimeSpan.Zero;
        for (int round = 0; round < Rounds; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            for (int i = 0; i < Frames; i++)
                purifier.Purify(tiles, purified, pipeline.Grid.Count);
            bare += Stopwatch.GetElapsedTime(begin);

            using MemorySource source = new(format, 2);
            using DiscardSink sink = new();
            whole += new FrameGraph(source, pipeline.Stages, sink, FramePicture.Purified).Run(CancellationToken.None).Elapsed;
        }

        Console.WriteLine(FormattableString.Invariant($"graph: {width}x{height}, {pipeline.Grid.Count} tiles, {purifier.Name}, {purifier.Threads} threads, batches of {purifier.BatchSize}"));
        Console.WriteLine(FormattableString.Invariant($"  bare inference  {Rounds * Frames / bare.TotalSeconds:0.00} fps"));
        Console.WriteLine(FormattableString.Invariant($"  end to end      {Rounds * Frames / whole.TotalSeconds:0.00} fps, ratio {bare / whole:0.000}"));
    }
}
