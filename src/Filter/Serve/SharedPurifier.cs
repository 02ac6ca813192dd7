using System.Globalization;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Serve;

/// <summary>
/// One purifier for many streams. Each stream hands in the tiles of its frame; a thread takes tiles of all streams that wait, in equal shares
/// (<see cref="FairShares"/>), into one batch. While a batch is purified the next ones gather, so that batches mix by themselves where there is much to do, and
/// nothing waits where there is little. A batch that fails is done again stream by stream, so that only the stream at fault hears of it. It owns the
/// purifier and the thread; streams leave before it is disposed.
/// </summary>
internal sealed class SharedPurifier : IDisposable
{
    private readonly ITilePurifier inner;
    private readonly int most;
    private readonly object gate = new();
    private readonly TileTurns turns;
    private readonly TileMix batch;
    private readonly Thread thread;
    private bool isEnding;
    private SharedCounts counts;

    /// <summary>Prepares the purifier for batches and starts the thread.</summary>
    /// <param name="purifier">Owned; used from that thread only.</param>
    /// <param name="most">The most tiles of a batch, at least 1.</param>
    public SharedPurifier(ITilePurifier purifier, int most)
    {
        ArgumentNullException.ThrowIfNull(purifier);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        inner = purifier;
        this.most = most;
        turns = new TileTurns(most);
        batch = new TileMix(purifier, most);
        purifier.Prepare(most);
        thread = new Thread(Serve) { Name = "realtime shared purifier", IsBackground = true };
        thread.Start();
    }

    /// <summary>The model's name.</summary>
    public string Name => inner.Name;

    /// <summary>Edge length S of a tile in pixels.</summary>
    public int TileSize => inner.TileSize;

    /// <summary>See <see cref="ITilePurifier.Randomness"/>.</summary>
    public string? Randomness => inner.Randomness;

    /// <summary>How it works, for the log.</summary>
    public string Work => string.Create(CultureInfo.InvariantCulture, $"{inner.Work}, at most {most} tiles of all streams at once");

    /// <summary>What was done so far.</summary>
    public SharedCounts Counts
    {
        get
        {
            lock (gate)
                return counts;
        }
    }

    /// <summary>Tiles of all streams that no batch has taken yet.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return turns.Waiting;
        }
    }

    /// <summary>Takes a stream in.</summary>
    /// <param name="pace">Its limit; null for none.</param>
    /// <param name="ending">Ends the waiting for its pace.</param>
    /// <returns>Its part; disposed by the stream.</returns>
    public StreamPurifier Join(TilePace? pace = null, CancellationToken ending = default)
    {
        TileJob job = new();
        lock (gate)
            turns.Add(job);
        return new StreamPurifier(this, job, pace, ending);
    }

    /// <summary>Ends the thread; a frame that is still under way fails.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isEnding = true;
            Monitor.PulseAll(gate);
        }

        thread.Join();
        inner.Dispose();
    }

    /// <summary>Takes a stream out.</summary>
    internal void Leave(TileJob job)
    {
        lock (gate)
            turns.Remove(job);
    }

    /// <summary>Hands a frame's tiles in and waits until they are done, or have failed.</summary>
    internal void Run(TileJob job, Memory<float> tiles, Memory<float> purified, int count)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isEnding || !turns.Has(job), this);
            job.Begin(tiles, purified, count);
            Monitor.PulseAll(gate);
            while (job.IsUnderWay)
                Monitor.Wait(gate);
        }
    }

    private void Serve()
    {
        while (TryTake())
        {
            Exception? failure = batch.Purify();
            Count();
            bool isSplit = failure is PurificationException && batch.Shares.Count > 1;
            foreach (TileShare share in batch.Shares)
                Settle(share, isSplit ? batch.PurifyAlone(share) : failure);
        }
    }

    private bool TryTake()
    {
        lock (gate)
        {
            while (!isEnding && !turns.TryTake(batch.Shares))
                Monitor.Wait(gate);
            if (!isEnding)
                return true;
            turns.FailAll(new ObjectDisposedException(nameof(SharedPurifier)));
            Monitor.PulseAll(gate);
            return false;
        }
    }

    private void Count()
    {
        lock (gate)
            counts = counts.With(batch.Count, isMixed: batch.Shares.Count > 1);
    }

    private void Settle(TileShare share, Exception? failure)
    {
        lock (gate)
        {
            if (failure is not null)
                share.Job.Fail(failure);
            share.Job.Settle();
            Monitor.PulseAll(gate);
        }
    }
}
