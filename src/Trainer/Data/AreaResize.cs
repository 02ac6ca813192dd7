namespace Realtime.Trainer.Data;

/// <summary>Resizes by areas: each new pixel is the mean of what it covers, so that nothing is skipped when pictures become smaller.</summary>
internal static class AreaResize
{
    /// <summary>Resizes a square of a packed picture into planes.</summary>
    /// <param name="source">[H, W, 3] 0..255.</param>
    /// <param name="width">W.</param>
    /// <param name="left">Left edge of the square.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="edge">Its length.</param>
    /// <param name="target">[3, size, size] receives 0..255, rounded to nearest.</param>
    /// <param name="size">Edge length of the result.</param>
    internal static void Apply(ReadOnlySpan<byte> source, int width, int left, int top, int edge, Span<byte> target, int size)
    {
        (int First, double[] Weights)[] taps = [.. Enumerable.Range(0, size).Select(i => Cover(i, size, edge))];
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                double red = 0, green = 0, blue = 0;
                for (int j = 0; j < taps[y].Weights.Length; j++)
                {
                    ReadOnlySpan<byte> row = source[(3 * (((top + taps[y].First + j) * width) + left + taps[x].First))..];
                    for (int i = 0; i < taps[x].Weights.Length; i++)
                    {
                        double weight = taps[y].Weights[j] * taps[x].Weights[i];
                        red += weight * row[3 * i];
                        green += weight * row[(3 * i) + 1];
                        blue += weight * row[(3 * i) + 2];
                    }
                }

                int at = (y * size) + x;
                target[at] = (byte)Math.Round(red);
                target[(size * size) + at] = (byte)Math.Round(green);
                target[(2 * size * size) + at] = (byte)Math.Round(blue);
            }
        }
    }

    /// <summary>The pixels that new pixel <paramref name="index"/> covers, and their shares, which sum to one.</summary>
    private static (int First, double[] Weights) Cover(int index, int size, int edge)
    {
        double from = (double)index * edge / size, to = (double)(index + 1) * edge / size;
        int first = (int)from, last = Math.Min(edge - 1, (int)Math.Ceiling(to) - 1);
        double[] weights = new double[last - first + 1];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (Math.Min(to, first + i + 1) - Math.Max(from, first + i)) / (to - from);
        return (first, weights);
    }
}
