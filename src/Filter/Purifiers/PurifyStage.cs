using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Purifiers;

/// <summary>
/// Graph stage: purifies the tiles of a frame. Where that fails, the frame passes through as it came, marked with
/// <see cref="FrameSlot.IsPurified"/> = false, and no later frame reuses anything of it. The purifier is borrowed.
/// </summary>
public sealed class PurifyStage : IFrameStage, IReportsFailures
{
    private readonly ITilePurifier purifier;
    private readonly TileReuse reuse;
    private readonly TileBufferPool gathered;
    private readonly TileBufferPool purified;
    private readonly TileGather gather;
    private readonly StreamHealth health;

    /// <summary>Purifies the tiles of <paramref name="grid"/>.</summary>
    /// <param name="purifier">Its tile size must be the grid's.</param>
    /// <param name="grid">The tiles of a frame.</param>
    /// <param name="reuse">The gather stage's: told of failures, asked whether what a frame reuses stands.</param>
    /// <param name="gathered">Where the gather stage rents; buffers go back there after use.</param>
    /// <param name="purified">Where this stage rents; the blend stage returns there.</param>
    public PurifyStage(ITilePurifier purifier, TileGrid grid, TileReuse reuse, TileBufferPool gathered, TileBufferPool purified)
    {
        ArgumentNullException.ThrowIfNull(purifier);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(reuse);
        ArgumentNullException.ThrowIfNull(gathered);
        ArgumentNullException.ThrowIfNull(purified);
        ArgumentOutOfRangeException.ThrowIfNotEqual(grid.TileSize, purifier.TileSize);
        this.purifier = purifier;
        this.reuse = reuse;
        this.gathered = gathered;
        this.purified = purified;
        gather = new TileGather(grid);
        health = new StreamHealth(grid);
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
        if (!reuse.Accept(before))
        {
            // The frame before failed after this one had been compared with it: the gather stage's work is done again, for every tile.
            before.AddAll();
            gather.Gather(slot.Raw, before.Values);
        }

        string? failure = Purify(before, after);
        slot.Tiles = null;
        gathered.Return(before);
        slot.Finish(failure);
        if (failure is null)
            return;

        reuse.Forget();
        slot.PurifiedTiles = null;
        purified.Return(after);
        FirstFailure ??= $"frame {slot.Id}: {failure}";
    }

    /// <summary>Does nothing: the purifier belongs to the caller.</summary>
    public void Dispose()
    {
    }

    private string? Purify(TileBuffer before, TileBuffer after)
    {
        after.TakePositionsOf(before);
        try
        {
            if (before.Count > 0)
                purifier.Purify(before.Values, after.Values, before.Count);
        }
        catch (PurificationException failed)
        {
            return failed.Message;
        }

        string? fault = health.Fault(before, after);
        if (fault is null)
            reuse.Count(before);
        return fault;
    }
}
