using System.Globalization;
using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Frames;
using Realtime.Filter.Gpu.Passes;
using Realtime.Filter.Tiles;

namespace Realtime.Bench;

/// <summary>Frames of one size through one model on a Vulkan device: milliseconds, operations and bytes of each kind of pass, beside the device's own peak.</summary>
internal sealed class GpuBench(VulkanPurifier purifier, GpuPeak peak, int frames)
{
    public void Print(int width, int height, int overlap)
    {
        TileGrid grid = new(width, height, purifier.TileSize, overlap);
        using FrameProgram program = purifier.CreateFrameProgram(grid, FrameColour.Rgb, withTimestamps: true);
        byte[] frame = new byte[program.InputBytes];
        new Random(1).NextBytes(frame);
        byte[] purified = new byte[frame.Length];
        double[] milliseconds = new double[program.Graph.Passes.Count];
        double whole = Run(program, frame, purified, milliseconds);

        Write($"{purifier.Name}, {width}x{height} in {grid.Count} tiles of {grid.TileSize}, overlap {overlap}, runs of {purifier.RunTiles}, {(purifier.IsHalf ? "fp16 storage" : "fp32")}");
        Write($"  {"pass",-24}{"count",6}{"ms",9}{"GFLOP",9}{"GB",8}{"of GEMM peak",14}{"of copy peak",14}");
        foreach (IGrouping<string, int> kind in Enumerable.Range(0, milliseconds.Length).GroupBy(i => KindOf(program.Graph.Passes[i])))
            WriteRow(kind.Key, kind.Count(), kind.Sum(i => milliseconds[i]), kind.Sum(i => program.Graph.Passes[i].Flops), kind.Sum(i => program.Graph.Passes[i].Bytes));
        WriteRow("all passes", milliseconds.Length, milliseconds.Sum(), program.Graph.Passes.Sum(p => p.Flops), program.Graph.Passes.Sum(p => p.Bytes));
        Write($"  frame in to frame out, two in flight: {whole:0.00} ms ({1000 / whole:0.0} fps); best {frames} frames' mean of passes above");
        Write($"  heap {program.Graph.HeapBytes / 1e6:0} MB ({program.Graph.UnsharedBytes / 1e6:0} MB if nothing were shared), {program.Graph.BarrierCount} barriers");
        Write($"");
    }

    private double Run(FrameProgram program, byte[] frame, byte[] purified, double[] milliseconds)
    {
        program.Collect(0, program.Submit(0, frame), purified, Timeout.InfiniteTimeSpan, CancellationToken.None);   // warm
        long begin = System.Diagnostics.Stopwatch.GetTimestamp();
        ulong[] submissions = new ulong[FrameProgram.Lanes];
        for (int i = 0; i < frames + FrameProgram.Lanes; i++)
        {
            int lane = i % FrameProgram.Lanes;
            if (i >= FrameProgram.Lanes)
            {
                program.Collect(lane, submissions[lane], purified, Timeout.InfiniteTimeSpan, CancellationToken.None);
                double[] passes = program.PassMilliseconds(lane);
                for (int p = 0; p < passes.Length; p++)
                    milliseconds[p] += passes[p] / frames;
            }

            if (i < frames)
                submissions[lane] = program.Submit(lane, frame);
        }

        return System.Diagnostics.Stopwatch.GetElapsedTime(begin).TotalMilliseconds / frames;
    }

    // "encoder.2.qkv" and "norm of encoder.2.qkv" of all blocks together.
    private static string KindOf(GpuPass pass) =>
        pass.Name.StartsWith("norm of", StringComparison.Ordinal) ? "layer norm" : pass.Name.Contains("coder.", StringComparison.Ordinal) ? pass.Name.Split('.')[^1] : pass.Name;

    private void WriteRow(string name, int count, double ms, double flops, double bytes)
    {
        string ofGemm = flops > 0 ? Text($"{flops / (ms / 1000) / peak.FlopsPerSecond:P1}") : "";
        string ofCopy = bytes > 0 ? Text($"{bytes / (ms / 1000) / peak.BytesPerSecond:P1}") : "";
        Write($"  {name,-24}{count,6}{ms,9:0.000}{flops / 1e9,9:0.000}{bytes / 1e9,8:0.000}{ofGemm,14}{ofCopy,14}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Write(FormattableString text) => Console.Out.WriteLine(Text(text));
}
