namespace Realtime.Filter.Serve;

/// <summary>What a shared purifier has done.</summary>
/// <param name="Batches">Batches handed to the purifier, those that failed included.</param>
/// <param name="Mixed">Those that held tiles of several streams.</param>
/// <param name="Tiles">Tiles in all of them.</param>
internal readonly record struct SharedCounts(long Batches, long Mixed, long Tiles)
{
    /// <summary>With one batch more.</summary>
    public SharedCounts With(int tiles, bool isMixed) => new(Batches + 1, Mixed + (isMixed ? 1 : 0), Tiles + tiles);
}
