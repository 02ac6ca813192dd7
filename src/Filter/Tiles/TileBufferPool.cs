using Realtime.Filter.Graph;

namespace Realtime.Filter.Tiles;

/// <summary>
/// A fixed number of tile buffers. They are a multiple of a frame in size, so there are fewer of them than frame slots: one that is being
/// filled and one that is being read.
/// </summary>
public sealed class TileBufferPool
{
    private readonly BoundedQueue<TileBuffer> free;

    /// <summary>Allocates <paramref name="buffers"/> buffers, at least 1.</summary>
    public TileBufferPool(TileGrid grid, int buffers)
    {
        free = new BoundedQueue<TileBuffer>(buffers);
        for (int i = 0; i < buffers; i++)
            free.Add(new TileBuffer(grid), CancellationToken.None);
    }

    /// <summary>Buffers that are free now.</summary>
    public int Free => free.Count;

    /// <summary>Takes a buffer, waiting for one.</summary>
    public TileBuffer Rent(CancellationToken cancellation)
    {
        if (!free.TryTake(out TileBuffer buffer, cancellation))
            throw new InvalidOperationException("The tile pool was completed.");
        return buffer;
    }

    /// <summary>Gives a buffer back.</summary>
    public void Return(TileBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        free.Add(buffer, CancellationToken.None);
    }
}
