using System.Runtime.ExceptionServices;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Serve;

/// <summary>
/// A stream's part of a <see cref="SharedPurifier"/>: to the stream it is a purifier like any other. It waits for its tiles on the stream's own thread and allocates
/// nothing per frame. Disposing it takes the stream out; the purifier goes on.
/// </summary>
/// <param name="shared">Borrowed.</param>
/// <param name="job">Where its frames stand there.</param>
/// <param name="pace">Its limit; null for none.</param>
/// <param name="ending">Ends the waiting for its pace.</param>
internal sealed class StreamPurifier(SharedPurifier shared, TileJob job, TilePace? pace, CancellationToken ending) : ITilePurifier
{
    private readonly WaitHandle ended = ending.WaitHandle;

    /// <inheritdoc/>
    public string Name => shared.Name;

    /// <inheritdoc/>
    public int TileSize => shared.TileSize;

    /// <inheritdoc/>
    public string? Randomness => shared.Randomness;

    /// <inheritdoc/>
    public string Work => shared.Work;

    /// <inheritdoc/>
    /// <exception cref="PurificationException">The purifier failed on tiles of this frame.</exception>
    public void Purify(Memory<float> tiles, Memory<float> purified, int count)
    {
        int length = 3 * TileSize * TileSize;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(tiles.Length, count * length);
        ArgumentOutOfRangeException.ThrowIfLessThan(purified.Length, count * length);
        if (pace?.Take(count) is { } wait && wait > TimeSpan.Zero)
            ended.WaitOne(wait);       // a stream that ends need not wait: what it has is finished
        shared.Run(job, tiles, purified, count);
        if (job.Failure is PurificationException failed)
            throw new PurificationException(failed.Message, failed);
        if (job.Failure is not null)
            ExceptionDispatchInfo.Throw(job.Failure);
    }

    /// <inheritdoc/>
    public void Dispose() => shared.Leave(job);
}
