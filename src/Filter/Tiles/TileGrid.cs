namespace Realtime.Filter.Tiles;

/// <summary>
/// Where the tiles of a frame lie, and how much each counts where they overlap. Tile (row, column) covers the S x S pixels from
/// (row * Stride, column * Stride); the last row and column may reach over the frame's edge, where the frame is mirrored, again and
/// again if it is smaller than a tile. Weights are a ramp across each overlap, the same in both directions, and sum to one in every pixel.
/// </summary>
public sealed class TileGrid
{
    private readonly float[] columnWeights;   // [Columns, S]
    private readonly float[] rowWeights;      // [Rows, S]

    /// <summary>Lays a grid over a frame.</summary>
    /// <param name="width">Frame width in pixels, at least 1.</param>
    /// <param name="height">Frame height in pixels, at least 1.</param>
    /// <param name="tileSize">Edge length S of a tile.</param>
    /// <param name="overlap">Half of what neighbours share: 0 to (S - 1) / 2; the stride is S - 2 * overlap.</param>
    public TileGrid(int width, int height, int tileSize, int overlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tileSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(overlap, MaxOverlap(tileSize));
        Width = width;
        Height = height;
        TileSize = tileSize;
        Overlap = overlap;
        Columns = CountAlong(width, tileSize, Stride);
        Rows = CountAlong(height, tileSize, Stride);
        columnWeights = Weights(Columns, tileSize, Stride);
        rowWeights = Weights(Rows, tileSize, Stride);
    }

    /// <summary>Frame width in pixels.</summary>
    public int Width { get; }

    /// <summary>Frame height in pixels.</summary>
    public int Height { get; }

    /// <summary>Edge length S of a tile in pixels.</summary>
    public int TileSize { get; }

    /// <summary>Half of the pixels that two neighbouring tiles share.</summary>
    public int Overlap { get; }

    /// <summary>Pixels from one tile to the next.</summary>
    public int Stride => TileSize - (2 * Overlap);

    /// <summary>Tiles in a row.</summary>
    public int Columns { get; }

    /// <summary>Rows of tiles.</summary>
    public int Rows { get; }

    /// <summary>Number of tiles N, numbered row by row.</summary>
    public int Count => Rows * Columns;

    /// <summary>Floats of one tile, 3 * S * S.</summary>
    public int TileLength => 3 * TileSize * TileSize;

    /// <summary>Width of the frame with what the last column needs beyond its edge.</summary>
    public int PaddedWidth => ((Columns - 1) * Stride) + TileSize;

    /// <summary>The largest overlap that leaves a stride of at least one pixel.</summary>
    public static int MaxOverlap(int tileSize) => (tileSize - 1) / 2;

    /// <summary>[S] horizontal weights of the tiles in <paramref name="column"/>; the weight of a pixel is horizontal times vertical.</summary>
    public ReadOnlySpan<float> ColumnWeights(int column) => columnWeights.AsSpan(column * TileSize, TileSize);

    /// <summary>[S] vertical weights of the tiles in <paramref name="row"/>.</summary>
    public ReadOnlySpan<float> RowWeights(int row) => rowWeights.AsSpan(row * TileSize, TileSize);

    /// <summary>Mirrors a coordinate into 0..length-1 without repeating the edge pixel (... 2 1 0 1 2 ...), as often as needed.</summary>
    public static int Reflect(int at, int length)
    {
        if (length == 1)
            return 0;

        int period = 2 * (length - 1);
        int phase = ((at % period) + period) % period;
        return phase < length ? phase : period - phase;
    }

    private static int CountAlong(int length, int tileSize, int stride) =>
        length <= tileSize ? 1 : 1 + ((length - tileSize + stride - 1) / stride);

    // Every tile counts as a trapezoid (1 inside, falling towards its edges over what it shares with a neighbour), then the weights of all
    // tiles over a pixel are divided by their sum. That holds for any overlap, also where more than two tiles meet, and at the frame's edge.
    private static float[] Weights(int tiles, int tileSize, int stride)
    {
        int shared = tileSize - stride;
        double[] ramp = new double[tileSize];
        for (int i = 0; i < tileSize; i++)
            ramp[i] = shared == 0 ? 1 : Math.Min(1, (Math.Min(i, tileSize - 1 - i) + 0.5) / shared);

        double[] sum = new double[((tiles - 1) * stride) + tileSize];
        for (int tile = 0; tile < tiles; tile++)
            for (int i = 0; i < tileSize; i++)
                sum[(tile * stride) + i] += ramp[i];

        float[] weights = new float[tiles * tileSize];
        for (int tile = 0; tile < tiles; tile++)
            for (int i = 0; i < tileSize; i++)
                weights[(tile * tileSize) + i] = (float)(ramp[i] / sum[(tile * stride) + i]);
        return weights;
    }
}
