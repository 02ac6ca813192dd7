using System.Diagnostics;
using Realtime.Filter.Tiles;

namespace Realtime.Bench;

/// <summary>Gather and blend against a plain copy of the tile bytes, the least that any tiling must move.</summary>
internal static class TileBench
{
    private const int Rounds = 15;

    public static void Print(int width, int height, int overlap)
    {
        TileGrid grid = new(width, height, 32, overlap);
        byte[] frame = new byte[width * height * 3];
        new Random(1).NextBytes(frame);
        float[] tiles = new float[grid.Count * grid.TileLength];
        float[] copy = new float[tiles.Length];
        TileGather gather = new(grid);
        TileBlend blend = new(grid);

        // Taken in turns, and the best of each: what the machine does beside this hits all three alike.
        double[] best = [double.MaxValue, double.MaxValue, double.MaxValue];
        for (int round = 0; round < Rounds; round++)
        {
            best[0] = Math.Min(best[0], Milliseconds(() => tiles.AsSpan().CopyTo(copy)));
            best[1] = Math.Min(best[1], Milliseconds(() => gather.Gather(frame, tiles)));
            best[2] = Math.Min(best[2], Milliseconds(() => blend.Blend(tiles, frame)));
        }

        Console.WriteLine(FormattableString.Invariant($"tiles: {width}x{height}, {grid.Count} tiles, overlap {overlap}, {tiles.Length * 4 / 1e6:0.0} MB"));
        Console.WriteLine(FormattableString.Invariant($"  copy    {best[0]:0.00} ms"));
        Console.WriteLine(FormattableString.Invariant($"  gather  {best[1]:0.00} ms, {best[1] / best[0]:0.00} copies"));
        Console.WriteLine(FormattableString.Invariant($"  blend   {best[2]:0.00} ms, {best[2] / best[0]:0.00} copies"));
        Console.WriteLine(FormattableString.Invariant($"  both    {best[1] + best[2]:0.00} ms, {(best[1] + best[2]) / best[0]:0.00} copies"));
    }

    private static double Milliseconds(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
}
