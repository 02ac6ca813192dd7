namespace Realtime.Filter.Telemetry;

/// <summary>
/// Tells of a trouble that comes again and again: at once, then after twice as long each time, up to five minutes, with the number of times in between. Safe to use
/// from several threads.
/// </summary>
/// <param name="write">Takes a line.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class TroubleLog(Action<string> write, TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(5);

    private readonly object gate = new();
    private TimeSpan pause;
    private long told;
    private long untold;

    /// <summary>It happened.</summary>
    /// <param name="message">What, without a full stop.</param>
    public void Report(string message)
    {
        string line;
        lock (gate)
        {
            if (pause > TimeSpan.Zero && clock.GetElapsedTime(told) < pause)
            {
                untold++;
                return;
            }

            line = untold == 0 ? $"{message}." : $"{message} ({untold} more since last told).";
            untold = 0;
            told = clock.GetTimestamp();
            pause = pause == TimeSpan.Zero ? First : pause * 2 > Longest ? Longest : pause * 2;
        }

        write(line);
    }

    /// <summary>It is over: tells so where it was told of, and begins anew.</summary>
    /// <param name="message">What works again, without a full stop.</param>
    public void Over(string message)
    {
        lock (gate)
        {
            if (pause == TimeSpan.Zero)
                return;
            (pause, untold) = (TimeSpan.Zero, 0);
        }

        write($"{message}.");
    }
}
