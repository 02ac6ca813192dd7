namespace Realtime.Filter.Tiles;

/// <summary>The tiles of one frame; pooled by <see cref="TileBufferPool"/>.</summary>
public sealed class TileBuffer
{
    /// <summary>Allocates room for all tiles of <paramref name="grid"/>.</summary>
    public TileBuffer(TileGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        Values = new float[grid.Count * grid.TileLength];
    }

    /// <summary>[N, 3, S, S] RGB in [0, 1].</summary>
    public float[] Values { get; }
}
