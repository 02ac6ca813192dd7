using Realtime.Filter.Frames;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Tiles;

/// <summary>
/// Graph stage: puts the purified tiles together to <see cref="FrameSlot.Purified"/>. Frames without them pass untouched. It keeps the purified
/// tiles and the blended picture of the last frame, and blends only the pixels under tiles that are new.
/// </summary>
public sealed class BlendStage : IFrameStage
{
    private readonly TileGrid grid;
    private readonly TileBlend blend;
    private readonly TileBufferPool pool;
    private readonly byte[] picture;   // [H, W, 3] the last purified frame
    private TileBuffer current;        // its tiles, all of them

    /// <summary>Blends along <paramref name="grid"/> and returns the buffers to <paramref name="pool"/>.</summary>
    public BlendStage(TileGrid grid, TileBufferPool pool)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(pool);
        this.grid = grid;
        this.pool = pool;
        blend = new TileBlend(grid);
        picture = new byte[grid.Width * grid.Height * 3];
        current = new TileBuffer(grid);
    }

    /// <inheritdoc/>
    public string Name => "blend";

    /// <inheritdoc/>
    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (slot.PurifiedTiles is not TileBuffer tiles)
            return;
        slot.PurifiedTiles = null;
        TileBuffer free = Take(tiles);
        blend.Blend(current.Values, tiles.Positions, picture);
        pool.Return(free);
        picture.CopyTo(slot.Purified, 0);
    }

    /// <summary>Does nothing: all memory here is managed.</summary>
    public void Dispose()
    {
    }

    // Makes the new tiles part of the current ones; the buffer that is free then is given back.
    private TileBuffer Take(TileBuffer tiles)
    {
        if (tiles.IsWhole)
        {
            (TileBuffer before, current) = (current, tiles);
            return before;
        }

        int from = 0;
        foreach (int tile in tiles.Positions)
        {
            tiles.Values.AsSpan(from, grid.TileLength).CopyTo(current.Values.AsSpan(tile * grid.TileLength));
            from += grid.TileLength;
        }

        return tiles;
    }
}
