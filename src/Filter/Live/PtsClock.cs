using Realtime.Filter.Frames;

namespace Realtime.Filter.Live;

/// <summary>
/// Makes one ascending row of time stamps, from 0, of those of a source that is replaced and whose clock may jump. Where the source's own step
/// cannot be true, the time that passed here stands for it.
/// </summary>
internal sealed class PtsClock
{
    private const double LongestStep = 10;          // seconds; a camera that pauses longer is away
    private const double ShortestShare = 0.125;     // of the nominal step; ffmpeg turns time stamps that run backwards into steps of one tick

    private readonly TimeBase unit;
    private readonly TimeProvider time;
    private long lastIn;
    private long lastOut = -1;
    private long lastArrival;
    private bool isRestarted = true;

    /// <summary>Begins at 0.</summary>
    /// <param name="unit">The unit of the time stamps.</param>
    /// <param name="time">Tells how long a gap was.</param>
    public PtsClock(TimeBase unit, TimeProvider time)
    {
        this.unit = unit;
        this.time = time;
    }

    /// <summary>Jumps of the source's clock that were mended, replaced sources not counted.</summary>
    public long Jumps { get; private set; }

    /// <summary>Says that the next frame is of another connection, whose clock has nothing to do with the last one's.</summary>
    public void Restart() => isRestarted = true;

    /// <summary>The time stamp of the next frame.</summary>
    /// <param name="pts">The source's own.</param>
    /// <param name="rate">Nominal frames a second.</param>
    /// <returns>More than the last one.</returns>
    public long Next(long pts, double rate)
    {
        long nominal = Math.Max(1, Ticks(1 / Math.Max(1e-3, rate)));
        long arrival = time.GetTimestamp();
        long step = pts - lastIn;
        bool isFirst = lastOut < 0;
        bool jumps = !isRestarted && (step < nominal * ShortestShare || unit.Seconds(step) > LongestStep);
        if (isFirst)
            step = 1;
        else if (isRestarted || jumps)
            step = Math.Max(nominal, Ticks(time.GetElapsedTime(lastArrival, arrival).TotalSeconds));
        if (jumps)
            Jumps++;
        isRestarted = false;
        lastIn = pts;
        lastArrival = arrival;
        return lastOut += step;
    }

    private long Ticks(double seconds) => (long)Math.Round(seconds * unit.Denominator / unit.Numerator);
}
