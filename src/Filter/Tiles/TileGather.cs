namespace Realtime.Filter.Tiles;

/// <summary>Cuts a frame into the tiles of a grid. Owns its scratch memory; used from one thread; allocates nothing per frame.</summary>
/// <remarks>[H, W, 3] bytes -> [N, 3, S, S] floats in [0, 1].</remarks>
public sealed class TileGather
{
    private readonly TileGrid grid;
    private readonly int paddedWidth;
    private readonly float[] band;      // [S, 3, paddedWidth]: the pixel rows under one row of tiles, as planes; row y lies at y % S
    private readonly int[] everyTile;

    /// <summary>Prepares for the frames of one size.</summary>
    public TileGather(TileGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        this.grid = grid;
        paddedWidth = grid.PaddedWidth;
        band = new float[grid.TileSize * 3 * paddedWidth];
        everyTile = [.. Enumerable.Range(0, grid.Count)];
    }

    /// <summary>Fills <paramref name="tiles"/> from <paramref name="frame"/>.</summary>
    /// <param name="frame">[H, W, 3] 0..255.</param>
    /// <param name="tiles">[N, 3, S, S].</param>
    public void Gather(ReadOnlySpan<byte> frame, Span<float> tiles)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiles.Length, grid.Count * grid.TileLength);
        Gather(frame, everyTile, tiles);
    }

    /// <summary>Cuts some of the tiles out of <paramref name="frame"/>, without gaps between them.</summary>
    /// <param name="frame">[H, W, 3] 0..255.</param>
    /// <param name="positions">[n] the numbers of these tiles in the grid, ascending.</param>
    /// <param name="tiles">[n, 3, S, S] or longer.</param>
    public void Gather(ReadOnlySpan<byte> frame, ReadOnlySpan<int> positions, Span<float> tiles)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, grid.Width * grid.Height * 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(tiles.Length, positions.Length * grid.TileLength);
        int loaded = 0;   // pixel rows above this one are in the band, as far as it reaches back
        for (int i = 0; i < positions.Length; i++)
        {
            int top = positions[i] / grid.Columns * grid.Stride;
            for (int y = Math.Max(top, loaded); y < top + grid.TileSize; y++)
                LoadRow(frame, y);
            loaded = top + grid.TileSize;
            CopyTile(positions[i] % grid.Columns * grid.Stride, top, tiles.Slice(i * grid.TileLength, grid.TileLength));
        }
    }

    private void LoadRow(ReadOnlySpan<byte> frame, int y)
    {
        Span<float> red = Plane(y, 0);
        Span<float> green = Plane(y, 1);
        Span<float> blue = Plane(y, 2);
        PlanarPixels.Split(frame.Slice(TileGrid.Reflect(y, grid.Height) * grid.Width * 3, grid.Width * 3), red, green, blue);
        for (int x = grid.Width; x < paddedWidth; x++)
        {
            int mirrored = TileGrid.Reflect(x, grid.Width);
            red[x] = red[mirrored];
            green[x] = green[mirrored];
            blue[x] = blue[mirrored];
        }
    }

    private Span<float> Plane(int y, int channel) => band.AsSpan(((y % grid.TileSize * 3) + channel) * paddedWidth, paddedWidth);

    private void CopyTile(int x, int top, Span<float> tile)
    {
        int size = grid.TileSize, plane = size * size;
        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<float> row = band.AsSpan(((top + i) % size * 3 * paddedWidth) + x);
            row[..size].CopyTo(tile[(i * size)..]);
            row.Slice(paddedWidth, size).CopyTo(tile[(plane + (i * size))..]);
            row.Slice(2 * paddedWidth, size).CopyTo(tile[((2 * plane) + (i * size))..]);
        }
    }
}
