namespace Realtime.Filter.Live;

/// <summary>
/// Waits between tries: half a second, then twice as long each time, up to a limit, each cut by chance by up to a half, so that
/// many clients of one server that restarts do not all come back at once ("equal jitter": M. Brooker, Exponential Backoff And Jitter, 2015).
/// </summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(10);     // what did its work for so long had come up

    private readonly TimeSpan longest;
    private readonly TimeSpan? giveUpAfter;
    private readonly TimeProvider time;
    private readonly Random random;
    private long since;

    /// <summary>Begins before the first try.</summary>
    /// <param name="longest">The longest wait.</param>
    /// <param name="giveUpAfter">See <see cref="LiveOptions.ReconnectFor"/>.</param>
    /// <param name="time">The clock of the waits.</param>
    /// <param name="seed">For tests; null is by chance.</param>
    public Backoff(TimeSpan longest, TimeSpan? giveUpAfter, TimeProvider time, int? seed = null)
    {
        this.longest = longest;
        this.giveUpAfter = giveUpAfter;
        this.time = time;
        random = seed is { } value ? new Random(value) : new Random();
    }

    /// <summary>Tries since the last success.</summary>
    public int Tries { get; private set; }

    /// <summary>Since the first try after the last success.</summary>
    public TimeSpan Elapsed => Tries == 0 ? TimeSpan.Zero : time.GetElapsedTime(since);

    /// <summary>Says that all is well again.</summary>
    public void Reset() => Tries = 0;

    /// <summary>Tells for how long a try that has ended did its work: after ten seconds of it all was well, and waits begin anew.</summary>
    public void Worked(TimeSpan duration)
    {
        if (duration > LongEnough)
            Reset();
    }

    /// <summary>The wait before the next try.</summary>
    /// <returns>Null where it is time to give up.</returns>
    public TimeSpan? Next()
    {
        if (Tries == 0)
            since = time.GetTimestamp();
        if (giveUpAfter is { } limit && Elapsed >= limit)
            return null;
        double whole = Math.Min(longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(Tries, 30)));
        Tries++;
        return TimeSpan.FromSeconds(whole * (0.5 + (0.5 * random.NextDouble())));
    }

    /// <summary>Waits.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public void Wait(TimeSpan wait, CancellationToken cancellation) => Task.Delay(wait, time, cancellation).GetAwaiter().GetResult();
}
