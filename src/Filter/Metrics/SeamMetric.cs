using Realtime.Filter.Tiles;

namespace Realtime.Filter.Metrics;

/// <summary>
/// How visible the tile grid is in a picture: the mean absolute step between neighbouring pixels where a tile begins or ends, against the
/// same mean everywhere else. 1 is no seam. A picture has edges of its own, so compare with the value of the raw frame.
/// </summary>
public static class SeamMetric
{
    /// <summary>Measures one picture.</summary>
    /// <param name="pixels">[H, W, 3] 0..255.</param>
    /// <param name="grid">The grid it was blended from.</param>
    /// <returns>The ratio; 1 where the grid has no inner border or nothing in the picture changes.</returns>
    public static double Ratio(ReadOnlySpan<byte> pixels, TileGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, grid.Width * grid.Height * 3);
        bool[] borderColumns = Borders(grid.Width, grid.Columns, grid);
        bool[] borderRows = Borders(grid.Height, grid.Rows, grid);
        Mean border = default;
        Mean interior = default;
        int rowBytes = grid.Width * 3;
        for (int y = 0; y < grid.Height; y++)
        {
            for (int x = 0; x < grid.Width; x++)
            {
                int at = (y * rowBytes) + (x * 3);
                for (int channel = 0; channel < 3; channel++, at++)
                {
                    if (x > 0)
                        (borderColumns[x] ? ref border : ref interior).Add(Math.Abs(pixels[at] - pixels[at - 3]));
                    if (y > 0)
                        (borderRows[y] ? ref border : ref interior).Add(Math.Abs(pixels[at] - pixels[at - rowBytes]));
                }
            }
        }

        return border.Value == interior.Value || border.Count == 0 ? 1 : border.Value / interior.Value;
    }

    // True where the step from the pixel before crosses the first or last pixel of some tile.
    private static bool[] Borders(int length, int tiles, TileGrid grid)
    {
        bool[] borders = new bool[length];
        for (int tile = 0; tile < tiles; tile++)
        {
            int begin = tile * grid.Stride;
            if (tile > 0 && begin < length)
                borders[begin] = true;
            if (tile < tiles - 1 && begin + grid.TileSize < length)
                borders[begin + grid.TileSize] = true;
        }

        return borders;
    }

    private struct Mean
    {
        private long sum;

        public long Count { get; private set; }

        public readonly double Value => Count == 0 ? 0 : (double)sum / Count;

        public void Add(int value)
        {
            sum += value;
            Count++;
        }
    }
}
