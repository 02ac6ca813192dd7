namespace Realtime.Filter.Tiles;

/// <summary>
/// Decides which tiles of a frame must be purified. A tile whose pixels equal those that were purified last at its place, or differ by no more
/// than the tolerance, keeps its purified output. It is always compared with what was purified, never with the last frame seen, so that small
/// changes cannot add up. One gather thread calls <see cref="Select"/>, one purify thread the rest; both see the frames in the same order.
/// </summary>
/// <remarks>
/// Pixels are compared as bytes, before they become floats: a tile is a function of the bytes under it, mirrored ones included. The gather
/// thread is ahead of the purify thread and cannot know whether the frame before will be purified; where it was not,
/// <see cref="Forget"/> begins a new generation, and frames compared in an old one are not <see cref="Accept">accepted</see>.
/// </remarks>
public sealed class TileReuse
{
    private readonly TileGrid grid;
    private readonly int? tolerance;
    private readonly (int First, int Count)[] columns;   // the pixels of the frame that the tiles of a column are made of
    private readonly (int First, int Count)[] rows;
    private readonly byte[] references;                  // [N, S, S, 3] the pixels that were handed to the purifier last
    private long selected;
    private long compared = -1;
    private long accepted;
    private long generation;
    private long purified;
    private long reused;

    /// <summary>Prepares for the frames of one size.</summary>
    /// <param name="grid">Their tiles.</param>
    /// <param name="tolerance">Levels of 255 that a pixel may differ by, 0 to 255; null purifies every tile.</param>
    public TileReuse(TileGrid grid, int? tolerance)
    {
        ArgumentNullException.ThrowIfNull(grid);
        if (tolerance is int levels)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(levels);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, 255);
        }

        this.grid = grid;
        this.tolerance = tolerance;
        columns = [.. Enumerable.Range(0, grid.Columns).Select(column => Covered(column * grid.Stride, grid.TileSize, grid.Width))];
        rows = [.. Enumerable.Range(0, grid.Rows).Select(row => Covered(row * grid.Stride, grid.TileSize, grid.Height))];
        references = tolerance is null ? [] : new byte[grid.Count * grid.TileLength];
    }

    /// <summary>Tiles purified and tiles reused so far, of the frames that could be purified.</summary>
    public TileCounts Counts => new(Volatile.Read(ref purified), Volatile.Read(ref reused));

    /// <summary>Puts the numbers of the tiles that must be purified into <paramref name="tiles"/>. For the gather thread.</summary>
    /// <param name="frame">[H, W, 3].</param>
    /// <param name="tiles">Gets the numbers; its values stay as they are.</param>
    public void Select(ReadOnlySpan<byte> frame, TileBuffer tiles)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, grid.Width * grid.Height * 3);
        long now = Volatile.Read(ref generation);
        bool isComparable = tolerance is not null && now == compared;
        compared = now;
        tiles.Number = ++selected;
        tiles.Generation = now;
        tiles.Clear();
        for (int tile = 0; tile < grid.Count; tile++)
        {
            if (isComparable && IsUnchanged(frame, tile))
                continue;
            tiles.Add(tile);
            if (tolerance is not null)
                Keep(frame, tile);
        }
    }

    /// <summary>Whether the purified outputs of the tiles that <paramref name="tiles"/> leaves out stand. For the purify thread, once for each frame.</summary>
    public bool Accept(TileBuffer tiles)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        if (tiles.Number != accepted + 1)
            Forget();   // a frame between was never purified
        accepted = tiles.Number;
        return tiles.IsWhole || tiles.Generation == generation;
    }

    /// <summary>Says that a frame could not be purified: nothing that was handed to the purifier may be compared with. For the purify thread.</summary>
    public void Forget() => Volatile.Write(ref generation, generation + 1);

    /// <summary>Counts a purified frame. For the purify thread.</summary>
    /// <param name="tiles">The tiles of it that were purified; the others were reused.</param>
    public void Count(TileBuffer tiles)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        Volatile.Write(ref purified, purified + tiles.Count);
        Volatile.Write(ref reused, reused + grid.Count - tiles.Count);
    }

    // The run of coordinates that a tile sees, mirrored where it reaches over the edge: that maps a run onto a run.
    private static (int First, int Count) Covered(int start, int size, int length)
    {
        int first = int.MaxValue, last = 0;
        for (int at = start; at < start + size; at++)
        {
            int mirrored = TileGrid.Reflect(at, length);
            first = Math.Min(first, mirrored);
            last = Math.Max(last, mirrored);
        }

        return (first, last - first + 1);
    }

    private bool IsUnchanged(ReadOnlySpan<byte> frame, int tile)
    {
        (int x, int width) = columns[tile % grid.Columns];
        (int y, int height) = rows[tile / grid.Columns];
        int reference = tile * grid.TileLength;
        for (int i = 0; i < height; i++)
        {
            ReadOnlySpan<byte> pixels = frame.Slice((((y + i) * grid.Width) + x) * 3, width * 3);
            if (!PixelDifference.IsWithin(pixels, references.AsSpan(reference + (i * width * 3), width * 3), tolerance!.Value))
                return false;
        }

        return true;
    }

    private void Keep(ReadOnlySpan<byte> frame, int tile)
    {
        (int x, int width) = columns[tile % grid.Columns];
        (int y, int height) = rows[tile / grid.Columns];
        int reference = tile * grid.TileLength;
        for (int i = 0; i < height; i++)
            frame.Slice((((y + i) * grid.Width) + x) * 3, width * 3).CopyTo(references.AsSpan(reference + (i * width * 3)));
    }
}
