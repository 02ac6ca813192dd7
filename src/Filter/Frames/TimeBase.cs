namespace Realtime.Filter.Frames;

/// <summary>The unit of a stream's time stamps, as a fraction of a second (1/90000, 1/12800, ...).</summary>
/// <param name="Numerator">Seconds, above zero.</param>
/// <param name="Denominator">Ticks per <paramref name="Numerator"/> seconds, above zero.</param>
public readonly record struct TimeBase(int Numerator, int Denominator)
{
    /// <summary>The time of <paramref name="pts"/> in seconds.</summary>
    public double Seconds(long pts) => (double)pts * Numerator / Denominator;
}
