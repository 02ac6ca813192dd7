namespace Realtime.Filter.Tiles;

/// <summary>Cuts a frame into the tiles of a grid. Owns its scratch memory; used from one thread; allocates nothing per frame.</summary>
/// <remarks>[H, W, 3] bytes -> [N, 3, S, S] floats in [0, 1].</remarks>
public sealed class TileGather
{
    private readonly TileGrid grid;
    private readonly int paddedWidth;
    private readonly float[] band;   // [3, S, paddedWidth]: the pixel rows under one row of tiles, as planes

    /// <summary>Prepares for the frames of one size.</summary>
    public TileGather(TileGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        this.grid = grid;
        paddedWidth = grid.PaddedWidth;
        band = new float[3 * grid.TileSize * paddedWidth];
    }

    /// <summary>Fills <paramref name="tiles"/> from <paramref name="frame"/>.</summary>
    /// <param name="frame">[H, W, 3] 0..255.</param>
    /// <param name="tiles">[N, 3, S, S].</param>
    public void Gather(ReadOnlySpan<byte> frame, Span<float> tiles)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, grid.Width * grid.Height * 3);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiles.Length, grid.Count * grid.TileLength);
        for (int row = 0; row < grid.Rows; row++)
        {
            for (int i = 0; i < grid.TileSize; i++)
                LoadRow(frame, TileGrid.Reflect((row * grid.Stride) + i, grid.Height), i);
            for (int column = 0; column < grid.Columns; column++)
                CopyTile(column * grid.Stride, tiles.Slice(((row * grid.Columns) + column) * grid.TileLength, grid.TileLength));
        }
    }

    private void LoadRow(ReadOnlySpan<byte> frame, int y, int i)
    {
        Span<float> red = Plane(0, i);
        Span<float> green = Plane(1, i);
        Span<float> blue = Plane(2, i);
        PlanarPixels.Split(frame.Slice(y * grid.Width * 3, grid.Width * 3), red, green, blue);
        for (int x = grid.Width; x < paddedWidth; x++)
        {
            int mirrored = TileGrid.Reflect(x, grid.Width);
            red[x] = red[mirrored];
            green[x] = green[mirrored];
            blue[x] = blue[mirrored];
        }
    }

    private Span<float> Plane(int channel, int i) => band.AsSpan(((channel * grid.TileSize) + i) * paddedWidth, paddedWidth);

    private void CopyTile(int x, Span<float> tile)
    {
        int size = grid.TileSize;
        int at = 0;
        for (int from = x; from < band.Length; from += paddedWidth, at += size)
            band.AsSpan(from, size).CopyTo(tile[at..]);
    }
}
