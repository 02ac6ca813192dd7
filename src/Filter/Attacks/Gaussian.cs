namespace Realtime.Filter.Attacks;

/// <summary>Normally distributed values, by Box and Muller.</summary>
public static class Gaussian
{
    /// <summary>Fills <paramref name="values"/> with draws of mean 0 and variance 1.</summary>
    /// <param name="values">Filled whole.</param>
    /// <param name="random">Source of the draws, two for two values.</param>
    public static void Fill(Span<float> values, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int i = 0; i < values.Length; i += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = (float)(radius * cos);
            if (i + 1 < values.Length)
                values[i + 1] = (float)(radius * sin);
        }
    }
}
