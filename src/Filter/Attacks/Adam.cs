namespace Realtime.Filter.Attacks;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) with the paper's constants.</summary>
/// <param name="length">Number of values.</param>
/// <param name="rate">Learning rate.</param>
internal sealed class Adam(int length, float rate)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Tiny = 1e-8f;

    private readonly float[] mean = new float[length];
    private readonly float[] square = new float[length];
    private int step;

    /// <summary>Forgets all steps.</summary>
    public void Reset()
    {
        Array.Clear(mean);
        Array.Clear(square);
        step = 0;
    }

    /// <summary>One step down the slope.</summary>
    public void Descend(Span<float> values, ReadOnlySpan<float> slope)
    {
        step++;
        float toMean = 1 / (1 - MathF.Pow(Beta1, step)), toSquare = 1 / (1 - MathF.Pow(Beta2, step));
        for (int i = 0; i < values.Length; i++)
        {
            mean[i] = (Beta1 * mean[i]) + ((1 - Beta1) * slope[i]);
            square[i] = (Beta2 * square[i]) + ((1 - Beta2) * slope[i] * slope[i]);
            values[i] -= rate * mean[i] * toMean / (MathF.Sqrt(square[i] * toSquare) + Tiny);
        }
    }
}
