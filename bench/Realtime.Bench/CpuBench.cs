using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;

namespace Realtime.Bench;

/// <summary>Frames of one size through one model on the CPU: a moving and a still scene, bare inference of as many tiles, and the machine's own peak, in turns.</summary>
internal sealed class CpuBench(OnnxPurifier purifier, OnnxModel model, double peak, double seconds)
{
    private const int Turns = 2;

    private readonly ModelCost cost = ModelCost.Of(model);

    public static void PrintHead() =>
        Console.Out.WriteLine("model         frame      tiles  GFLOP   GB   batch   bare fps   moving fps  of bare   still fps  of bare   bare of GEMM peak");

    public void Print(int width, int height, int overlap)
    {
        FrameFormat format = new(width, height, new TimeBase(1, 25), 25, null);
        using PurifyPipeline moving = new(format, purifier, overlap), still = new(format, purifier, overlap);
        int tiles = moving.Grid.Count;
        purifier.ChooseBatchSize(tiles);
        float[] before = new float[tiles * moving.Grid.TileLength], after = new float[before.Length];
        Array.Fill(before, 0.5f);
        double once = Time(() => purifier.Purify(before, after, tiles));
        long frames = Math.Max(2, (long)(seconds / Turns / once));
        RunGraph(still, format with { FrameCount = 1 }, 1);   // a still scene was purified before

        double bare = 0, move = 0, rest = 0;
        long restFrames = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            bare += Time(() =>
            {
                for (long i = 0; i < frames; i++)
                    purifier.Purify(before, after, tiles);
            });
            move += RunGraph(moving, format with { FrameCount = frames }, 2);
            double trial = RunGraph(still, format with { FrameCount = 20 }, 1) / 20;
            long many = Math.Max(20, (long)(seconds / Turns / trial));
            rest += RunGraph(still, format with { FrameCount = many }, 1);
            restFrames += many;
        }

        double bareFps = Turns * frames / bare, movingFps = Turns * frames / move, stillFps = restFrames / rest;
        string size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{purifier.Name,-13} {size,-9}{tiles,7}{cost.Flops * tiles / 1e9,7:0.0}{cost.Bytes * tiles / 1e9,6:0.0}{purifier.BatchSize,7}{bareFps,11:0.00}{movingFps,13:0.00}{movingFps / bareFps,9:0.000}{stillFps,12:0.0}{stillFps / bareFps,9:0.0}{cost.Flops * tiles * bareFps / peak,20:P0}"));
    }

    private static double RunGraph(PurifyPipeline pipeline, FrameFormat format, int pictures)
    {
        using MemorySource source = new(format, pictures);
        using DiscardSink sink = new();
        return new FrameGraph(source, pipeline.Stages, sink, FramePicture.Purified).Run(CancellationToken.None).Elapsed.TotalSeconds;
    }

    private static double Time(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
