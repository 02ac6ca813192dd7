namespace Realtime.Filter.Solids;

/// <summary>
/// Sine and cosine in turns (1 = 360 degrees), from additions and multiplications only: the C library's differ in the last bit
/// between systems, and with them the bytes of a picture.
/// </summary>
internal static class Turn
{
    /// <summary>Sine of <paramref name="turns"/>; largest error 2e-6.</summary>
    public static float Sin(float turns)
    {
        // To [-1/4, 1/4] turns, where five odd terms of the series suffice.
        float t = turns - MathF.Floor(turns + 0.5f);
        if (t > 0.25f)
            t = 0.5f - t;
        else if (t < -0.25f)
            t = -0.5f - t;
        float x = t * 6.2831853f;
        float s = x * x;
        return x * (1f + s * (-1f / 6f + s * (1f / 120f + s * (-1f / 5040f + s * (1f / 362880f)))));
    }

    /// <summary>Cosine of <paramref name="turns"/>.</summary>
    public static float Cos(float turns) => Sin(turns + 0.25f);
}
