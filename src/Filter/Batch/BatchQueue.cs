namespace Realtime.Filter.Batch;

/// <summary>The files of a batch as the jobs of this process share them out. Thread-safe.</summary>
internal sealed class BatchQueue(IReadOnlyList<BatchItem> items)
{
    private readonly object gate = new();
    private readonly List<BatchItem> open = [.. items];
    private readonly HashSet<BatchItem> held = [];      // by other workers, as of the last look
    private readonly Dictionary<BatchItem, FileRecord> settled = [];

    /// <summary>What became of the files so far, in their order.</summary>
    public IReadOnlyList<(BatchItem Item, FileRecord Record)> Settled
    {
        get
        {
            lock (gate)
                return [.. items.Where(settled.ContainsKey).Select(item => (item, settled[item]))];
        }
    }

    /// <summary>Whether files wait for other workers.</summary>
    public bool HasHeld
    {
        get
        {
            lock (gate)
                return held.Count > 0;
        }
    }

    /// <summary>Takes the next file that is neither settled nor in anybody's hand; null where there is none.</summary>
    public BatchItem? Take()
    {
        lock (gate)
        {
            BatchItem? next = open.Find(item => !held.Contains(item));
            if (next is not null)
                open.Remove(next);
            return next;
        }
    }

    /// <summary>Says what became of a file that was taken.</summary>
    public void Settle(BatchItem item, FileRecord record)
    {
        lock (gate)
            settled[item] = record;
    }

    /// <summary>Puts a file back that another worker holds.</summary>
    public void PutBack(BatchItem item)
    {
        lock (gate)
        {
            open.Add(item);
            held.Add(item);
        }
    }

    /// <summary>Lets files that others held be tried again.</summary>
    public void LookAgain()
    {
        lock (gate)
            held.Clear();
    }
}
