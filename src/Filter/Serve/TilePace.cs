namespace Realtime.Filter.Serve;

/// <summary>Spreads the tiles of a stream over time, so that it takes no more than its part of the purifier.</summary>
/// <param name="rate">Tiles a second, above 0.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class TilePace(double rate, TimeProvider clock)
{
    private readonly long begin = clock.GetTimestamp();
    private TimeSpan free;      // when all tiles so far have had their time, since the begin

    /// <summary>Takes the tiles of a frame.</summary>
    /// <param name="tiles">How many.</param>
    /// <returns>How long to wait before they begin; a stream that was slower than its pace saves nothing up.</returns>
    public TimeSpan Take(int tiles)
    {
        TimeSpan now = clock.GetElapsedTime(begin);
        TimeSpan start = free > now ? free : now;
        free = start + TimeSpan.FromSeconds(tiles / rate);
        return start - now;
    }
}
