namespace Realtime.Filter.Tiles;

/// <summary>Tiles of one frame, all of them or those that changed, without gaps; pooled by <see cref="TileBufferPool"/>.</summary>
public sealed class TileBuffer
{
    private readonly int[] positions;

    /// <summary>Allocates room for all tiles of <paramref name="grid"/>.</summary>
    public TileBuffer(TileGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        Values = new float[grid.Count * grid.TileLength];
        positions = new int[grid.Count];
    }

    /// <summary>[N, 3, S, S] RGB in [0, 1]; the first <see cref="Count"/> tiles are in use.</summary>
    public float[] Values { get; }

    /// <summary>Tiles in use, 0 to N.</summary>
    public int Count { get; private set; }

    /// <summary>Whether all tiles of the grid are here.</summary>
    public bool IsWhole => Count == positions.Length;

    /// <summary>[Count] the numbers of these tiles in the grid, ascending.</summary>
    public ReadOnlySpan<int> Positions => positions.AsSpan(0, Count);

    /// <summary>The how many-th frame these tiles are of, for <see cref="TileReuse"/>.</summary>
    internal long Number { get; set; }

    /// <summary>What the tiles that are not here were compared with, for <see cref="TileReuse"/>.</summary>
    internal long Generation { get; set; }

    /// <summary>Takes no tile.</summary>
    public void Clear() => Count = 0;

    /// <summary>Takes one more tile.</summary>
    /// <param name="position">Its number in the grid, above those taken before.</param>
    public void Add(int position) => positions[Count++] = position;

    /// <summary>Takes every tile of the grid.</summary>
    public void AddAll()
    {
        Clear();
        for (int tile = 0; tile < positions.Length; tile++)
            Add(tile);
    }

    /// <summary>Takes the same tiles as <paramref name="other"/>; the values stay as they are.</summary>
    public void TakePositionsOf(TileBuffer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        other.Positions.CopyTo(positions);
        Count = other.Count;
    }
}
