namespace Realtime.Filter.Detection;

/// <summary>
/// The alarm of a stream of scores: an exponentially weighted mean with hysteresis. Deterministic; a frame costs no memory. Used from one thread.
/// </summary>
/// <param name="timing">When it goes up and down.</param>
public sealed class AlarmState(AlarmTiming timing)
{
    private int agreeing;

    /// <summary>The mean of the scores, the newest weighing most, 0..1; 0 before the first.</summary>
    public double Level { get; private set; }

    /// <summary>Whether the alarm is up.</summary>
    public bool IsRaised { get; private set; }

    /// <summary>How often it went up so far.</summary>
    public long Raised { get; private set; }

    /// <summary>Takes the next frame's score.</summary>
    /// <param name="score">0..1.</param>
    /// <returns>Whether the alarm is up.</returns>
    public bool Add(double score)
    {
        Level += timing.Smoothing * (score - Level);
        bool agrees = IsRaised ? Level < timing.Clear : Level >= timing.Raise;
        agreeing = agrees ? agreeing + 1 : 0;
        if (agreeing < timing.MinimumFrames)
            return IsRaised;
        agreeing = 0;
        IsRaised = !IsRaised;
        Raised += IsRaised ? 1 : 0;
        return IsRaised;
    }
}
