using Realtime.Filter.Frames;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Tiles;

/// <summary>Graph stage: cuts <see cref="FrameSlot.Raw"/> into tiles.</summary>
public sealed class GatherStage : IFrameStage
{
    private readonly TileGather gather;
    private readonly TileBufferPool pool;

    /// <summary>Cuts along <paramref name="grid"/> into buffers of <paramref name="pool"/>; the purify stage returns them.</summary>
    public GatherStage(TileGrid grid, TileBufferPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        gather = new TileGather(grid);
        this.pool = pool;
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
        gather.Gather(slot.Raw, tiles.Values);
    }

    /// <summary>Does nothing: all memory here is managed.</summary>
    public void Dispose()
    {
    }
}
