namespace Realtime.Filter.Plots;

/// <summary>Round numbers along a scale.</summary>
internal static class Ticks
{
    /// <summary>Multiples of 1, 2, 2.5 or 5 times a power of ten, the coarsest with at least <paramref name="wanted"/> - 1 steps or so.</summary>
    public static IReadOnlyList<double> Between(double least, double most, int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(most, least);
        double rough = (most - least) / wanted, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((double[])[1, 2, 2.5, 5, 10]).First(factor => factor * power >= rough - (1e-9 * rough));
        int first = (int)Math.Ceiling((least / step) - 1e-9), last = (int)Math.Floor((most / step) + 1e-9);
        return [.. Enumerable.Range(first, last - first + 1).Select(i => Math.Round(i * step, 10))];
    }
}
