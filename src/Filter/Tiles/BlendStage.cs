using Realtime.Filter.Frames;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Tiles;

/// <summary>Graph stage: puts the purified tiles together to <see cref="FrameSlot.Purified"/>. Frames without them pass untouched.</summary>
public sealed class BlendStage : IFrameStage
{
    private readonly TileBlend blend;
    private readonly TileBufferPool pool;

    /// <summary>Blends along <paramref name="grid"/> and returns the buffers to <paramref name="pool"/>.</summary>
    public BlendStage(TileGrid grid, TileBufferPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        blend = new TileBlend(grid);
        this.pool = pool;
    }

    /// <inheritdoc/>
    public string Name => "blend";

    /// <inheritdoc/>
    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (slot.PurifiedTiles is not TileBuffer tiles)
            return;
        blend.Blend(tiles.Values, slot.Purified);
        slot.PurifiedTiles = null;
        pool.Return(tiles);
    }

    /// <summary>Does nothing: all memory here is managed.</summary>
    public void Dispose()
    {
    }
}
