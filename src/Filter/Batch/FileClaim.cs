using System.Globalization;


namespace Realtime.Filter.Batch;

/// <summary>
/// The right to work on one file. A claim is a file that is created exclusively, KEY.GENERATION.claim; the highest generation counts. A dead
/// worker's claim is taken over by creating the next generation, which one worker alone can do; whoever held it before sees that at its next
/// heartbeat. Dead is: the process is gone, on the same machine; no heartbeat for the stale time, on another. Disposing releases it.
/// </summary>
internal sealed class FileClaim : IDisposable
{
    private const int BeatsInStaleTime = 4;

    private readonly object gate = new();
    private readonly CancellationTokenSource lost = new();
    private readonly WorkerIdentity worker;
    private readonly ClaimFiles files;
    private readonly int generation;
    private readonly TimeSpan staleAfter;
    private readonly Timer timer;
    private long beats;
    private DateTime lastBeat = DateTime.UtcNow;
    private bool released;

    private FileClaim(ClaimFiles files, int generation, WorkerIdentity worker, TimeSpan staleAfter)
    {
        this.files = files;
        this.generation = generation;
        this.worker = worker;
        this.staleAfter = staleAfter;
        TimeSpan interval = staleAfter / BeatsInStaleTime;
        timer = new Timer(_ => Beat(), null, interval, interval);
    }

    /// <summary>Cancelled when the claim was taken over by another worker, or could not be renewed for the stale time.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Whether it took over a dead worker's.</summary>
    public bool IsTakeover { get; private init; }

    /// <summary>Tries to claim.</summary>
    /// <param name="folder">Where claims are.</param>
    /// <param name="key">The file's key.</param>
    /// <param name="worker">This worker, with a token of its own.</param>
    /// <param name="staleAfter">See <see cref="BatchSettings.StaleAfter"/>.</param>
    /// <returns>Null where another worker holds it, or was faster.</returns>
    public static FileClaim? TryTake(string folder, string key, WorkerIdentity worker, TimeSpan staleAfter)
    {
        ClaimFiles files = new(folder, key);
        int current = files.Highest();
        if (current > 0 && !files.IsDead(current, staleAfter))
            return null;
        if (!files.TryCreate(current + 1, Text(worker, 0)))
            return null;
        return new FileClaim(files, current + 1, worker, staleAfter) { IsTakeover = current > 0 };
    }

    /// <summary>Says that the worker lives. It is called by a timer; also before something that must not be done twice.</summary>
    public void Beat()
    {
        lock (gate)
        {
            if (released || lost.IsCancellationRequested)
                return;
            try
            {
                if (files.Highest() != generation || files.OwnerOf(generation)?.Token != worker.Token)
                {
                    lost.Cancel();
                    return;
                }

                files.Overwrite(generation, Text(worker, ++beats));
                lastBeat = DateTime.UtcNow;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A disk that is away for a moment is no loss; after the stale time others may have taken over.
                if (DateTime.UtcNow - lastBeat > staleAfter)
                    lost.Cancel();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            if (released)
                return;
            released = true;
            // The dead ones first: while its own is there, nobody else can begin.
            for (int dead = 1; dead < generation; dead++)
                files.Delete(dead);
            if (files.OwnerOf(generation)?.Token == worker.Token)
                files.Delete(generation);
        }

        lost.Dispose();
    }

    private static string Text(WorkerIdentity worker, long beats) =>
        BatchJson.Write(worker) + string.Create(CultureInfo.InvariantCulture, $"\n{beats}\n");
}
