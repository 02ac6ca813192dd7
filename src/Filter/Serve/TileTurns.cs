namespace Realtime.Filter.Serve;

/// <summary>The frames that streams have at the shared purifier, and whose tiles come next. Whoever holds the purifier's gate may use it.</summary>
/// <param name="most">The most tiles of a batch, at least 1.</param>
internal sealed class TileTurns(int most)
{
    private readonly List<TileJob> jobs = [];
    private int[] waiting = [];     // [jobs]
    private int[] shares = [];      // [jobs]
    private int turn;

    /// <summary>Tiles that no batch has taken yet.</summary>
    public int Waiting => jobs.Sum(job => job.Waiting);

    /// <summary>Takes a stream in.</summary>
    public void Add(TileJob job)
    {
        jobs.Add(job);
        Resize();
    }

    /// <summary>Takes a stream out.</summary>
    public void Remove(TileJob job)
    {
        jobs.Remove(job);
        Resize();
    }

    /// <summary>Whether the stream takes part.</summary>
    public bool Has(TileJob job) => jobs.Contains(job);

    /// <summary>Takes the tiles of the next batch, of every stream that waits its share.</summary>
    /// <param name="batch">Gets the shares.</param>
    /// <returns>Whether there are any.</returns>
    public bool TryTake(List<TileShare> batch)
    {
        batch.Clear();
        int all = 0;
        for (int i = 0; i < waiting.Length; i++)
            all += waiting[i] = jobs[i].Waiting;
        if (all == 0)
            return false;
        turn = (turn + 1) % jobs.Count;
        FairShares.Split(waiting, shares, FairShares.BatchOf(all, most), turn);
        for (int i = 0; i < shares.Length; i++)
        {
            if (shares[i] > 0)
                batch.Add(new TileShare(jobs[i], jobs[i].Take(shares[i]), shares[i]));
        }

        return true;
    }

    /// <summary>Gives all frames up.</summary>
    public void FailAll(Exception failure)
    {
        foreach (TileJob job in jobs)
        {
            job.Fail(failure);
            job.Settle();
        }
    }

    private void Resize() => (waiting, shares) = (new int[jobs.Count], new int[jobs.Count]);
}
