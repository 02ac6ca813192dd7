using Realtime.Filter.Frames;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Tiles;

/// <summary>Graph stage: cuts those tiles out of <see cref="FrameSlot.Raw"/> that must be purified.</summary>
public sealed class GatherStage : IFrameStage
{
    private readonly TileGather gather;
    private readonly TileBufferPool pool;
    private readonly TileReuse reuse;

    /// <summary>Cuts along <paramref name="grid"/> into buffers of <paramref name="pool"/>; the purify stage returns them.</summary>
    /// <param name="grid">The tiles of a frame.</param>
    /// <param name="pool">Where buffers are rented.</param>
    /// <param name="reuse">Says which tiles; shared with the purify stage.</param>
    public GatherStage(TileGrid grid, TileBufferPool pool, TileReuse reuse)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(reuse);
        gather = new TileGather(grid);
        this.pool = pool;
        this.reuse = reuse;
    }

    /// <inheritdoc/>
    public string Name => "gather";

    /// <inheritdoc/>
    public void Await(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        slot.Tiles = pool.Rent(cancellation);
    }

    /// <inheritdoc/>
    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        TileBuffer tiles = slot.Tiles ?? throw new InvalidOperationException($"Frame {slot.Id} has no buffer for its tiles.");
        reuse.Select(slot.Raw, tiles);
        gather.Gather(slot.Raw, tiles.Positions, tiles.Values);
    }

    /// <summary>Does nothing: all memory here is managed.</summary>
    public void Dispose()
    {
    }
}
