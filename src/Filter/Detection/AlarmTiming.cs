namespace Realtime.Filter.Detection;

/// <summary>How scores become an alarm over time.</summary>
/// <param name="Raise">The level from which the alarm goes up, in (0, 1].</param>
/// <param name="Clear">The level below which it goes down, 0..<paramref name="Raise"/>.</param>
/// <param name="Smoothing">Share of the newest frame in the level, in (0, 1].</param>
/// <param name="MinimumFrames">Frames in a row that must agree before it goes up or down, at least 1.</param>
public sealed record AlarmTiming(double Raise, double Clear, double Smoothing, int MinimumFrames)
{
    /// <summary>
    /// The timing of a threshold for single frames. The level is a mean of scores, so where all frames of a scene score alike it is up exactly where
    /// each of them is, and where they do not it is up less often: the threshold's false-positive rate bounds the share of scenes in both cases.
    /// </summary>
    /// <param name="threshold">In (0, 1].</param>
    public static AlarmTiming Of(double threshold) => new(threshold, threshold / 2, 0.25, 3);

    internal bool IsValid => Raise is > 0 and <= 1 && Clear >= 0 && Clear <= Raise && Smoothing is > 0 and <= 1 && MinimumFrames >= 1;
}
