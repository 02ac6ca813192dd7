using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Serve;

/// <summary>A batch of tiles of several frames, and the memory where they are put together. Used from one thread.</summary>
/// <param name="purifier">Borrowed.</param>
/// <param name="most">The most tiles of a batch, at least 1.</param>
internal sealed class TileMix(ITilePurifier purifier, int most)
{
    private readonly int tileLength = 3 * purifier.TileSize * purifier.TileSize;
    private readonly float[] tiles = new float[most * 3 * purifier.TileSize * purifier.TileSize];       // [most, 3, S, S]
    private readonly float[] purified = new float[most * 3 * purifier.TileSize * purifier.TileSize];    // likewise

    /// <summary>What is in the batch.</summary>
    public List<TileShare> Shares { get; } = [];

    /// <summary>Tiles in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>Purifies the batch.</summary>
    /// <returns>What the purifier threw; null where all went well.</returns>
    public Exception? Purify()
    {
        Count = 0;
        foreach (TileShare share in Shares)
            Count += share.Count;
        return Shares.Count == 1 ? PurifyAlone(Shares[0]) : PurifyTogether();
    }

    /// <summary>Purifies the tiles of one frame where they lie: nothing has to be copied.</summary>
    /// <returns>What the purifier threw; null where all went well.</returns>
    public Exception? PurifyAlone(TileShare share) => Purify(share.Tiles(tileLength), share.Purified(tileLength), share.Count);

    private Exception? PurifyTogether()
    {
        int at = 0;
        foreach (TileShare share in Shares)
        {
            share.Tiles(tileLength).CopyTo(tiles.AsMemory(at * tileLength));
            at += share.Count;
        }

        if (Purify(tiles, purified, Count) is { } failure)
            return failure;
        at = 0;
        foreach (TileShare share in Shares)
        {
            purified.AsMemory(at * tileLength, share.Count * tileLength).CopyTo(share.Purified(tileLength));
            at += share.Count;
        }

        return null;
    }

    // Whatever the purifier throws is for the streams to hear: the thread that is here has others to serve.
    private Exception? Purify(Memory<float> from, Memory<float> to, int count)
    {
        try
        {
            purifier.Purify(from, to, count);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
