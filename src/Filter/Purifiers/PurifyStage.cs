using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// Graph stage: purifies the tiles of a frame. Where that fails, the frame passes through as it came, marked with
/// <see cref="FrameSlot.IsPurified"/> = false. The purifier is borrowed.
/// </summary>
public sealed class PurifyStage : IFrameStage, IReportsFailures
{
    private readonly ITilePurifier purifier;
    private readonly TileGrid grid;
    private readonly TileBufferPool gathered;
    private readonly TileBufferPool purified;

    /// <summary>Purifies the tiles of <paramref name="grid"/>.</summary>
    /// <param name="purifier">Its tile size must be the grid's.</param>
    /// <param name="grid">The tiles of a frame.</param>
    /// <param name="gathered">Where the gather stage rents; buffers go back there after use.</param>
    /// <param name="purified">Where this stage rents; the blend stage returns there.</param>
    public PurifyStage(ITilePurifier purifier, TileGrid grid, TileBufferPool gathered, TileBufferPool purified)
    {
        ArgumentNullException.ThrowIfNull(purifier);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(gathered);
        ArgumentNullException.ThrowIfNull(purified);
        ArgumentOutOfRangeException.ThrowIfNotEqual(grid.TileSize, purifier.TileSize);
        this.purifier = purifier;
        this.grid = grid;
        this.gathered = gathered;
        this.purified = purified;
    }

    /// <inheritdoc/>
    public string Name => "purify";

    /// <inheritdoc/>
    public string? FirstFailure { get; private set; }

    /// <inheritdoc/>
    public void Await(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        slot.PurifiedTiles = purified.Rent(cancellation);
    }

    /// <inheritdoc/>
    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        TileBuffer before = slot.Tiles ?? throw new InvalidOperationException($"Frame {slot.Id} reached the purifier without tiles.");
        TileBuffer after = slot.PurifiedTiles ?? throw new InvalidOperationException($"Frame {slot.Id} has no buffer for its purified tiles.");
        string? failure = Purify(before, after);
        slot.Tiles = null;
        gathered.Return(before);
        slot.IsPurified = failure is null;
        if (failure is null)
            return;

        slot.PurifiedTiles = null;
        purified.Return(after);
        slot.Raw.CopyTo(slot.Purified, 0);
        FirstFailure ??= $"frame {slot.Id}: {failure}";
    }

    /// <summary>Does nothing: the purifier belongs to the caller.</summary>
    public void Dispose()
    {
    }

    private string? Purify(TileBuffer before, TileBuffer after)
    {
        try
        {
            purifier.Purify(before.Values, after.Values, grid.Count);
        }
        catch (PurificationException failed)
        {
            return failed.Message;
        }

        return TileHealth.Fault(before.Values, after.Values, grid.TileLength);
    }
}
