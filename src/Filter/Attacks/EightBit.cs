namespace Realtime.Filter.Attacks;

/// <summary>Brings adversarial pictures to the 8 bits that a file or a screen can show, without leaving the ball.</summary>
public static class EightBit
{
    /// <summary>The largest whole number of levels inside <paramref name="epsilon"/>: 8 for 8/255, 7 for 0.03.</summary>
    /// <param name="epsilon">Radius in units of the pixel range, 0..1.</param>
    // The small addend forgives the rounding of k/255 in float32 and is far below a level.
    public static int Levels(float epsilon) => (int)MathF.Floor((epsilon * 255) + 1e-4f);

    /// <summary>Rounds to the nearest level and clamps to the ball around the 8-bit clean picture.</summary>
    /// <param name="adversarial">Values in [0, 1].</param>
    /// <param name="clean">The clean picture, 0..255, in the same layout.</param>
    /// <param name="epsilon">Radius in units of the pixel range.</param>
    /// <param name="result">Receives 0..255; |result - clean| is at most <see cref="Levels"/>. May be <paramref name="clean"/>.</param>
    public static void Round(ReadOnlySpan<float> adversarial, ReadOnlySpan<byte> clean, float epsilon, Span<byte> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(clean.Length, adversarial.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, adversarial.Length);
        int levels = Levels(epsilon);
        for (int i = 0; i < adversarial.Length; i++)
        {
            if (float.IsNaN(adversarial[i]))
                throw new ArgumentException($"Value {i} of the adversarial picture is not a number.", nameof(adversarial));
            int nearest = (int)MathF.Round(adversarial[i] * 255);
            result[i] = (byte)Math.Clamp(nearest, Math.Max(0, clean[i] - levels), Math.Min(255, clean[i] + levels));
        }
    }
}
