namespace Realtime.Filter.Serve;

/// <summary>What a stream has in a batch.</summary>
/// <param name="Job">Its frame.</param>
/// <param name="First">Number of the first tile in the frame.</param>
/// <param name="Count">Tiles, at least 1.</param>
internal readonly record struct TileShare(TileJob Job, int First, int Count)
{
    /// <summary>[Count, 3, S, S] of the frame before.</summary>
    /// <param name="tileLength">3 * S * S.</param>
    public Memory<float> Tiles(int tileLength) => Job.Tiles.Slice(First * tileLength, Count * tileLength);

    /// <summary>[Count, 3, S, S] of the frame after.</summary>
    /// <param name="tileLength">3 * S * S.</param>
    public Memory<float> Purified(int tileLength) => Job.Purified.Slice(First * tileLength, Count * tileLength);
}
