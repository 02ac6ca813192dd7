namespace Realtime.Filter.Attacks;

/// <summary>Brings adversarial pictures to the 8 bits that a file or a screen can show, without leaving the ball.</summary>
public static class EightBit
{
    /// <summary>The largest whole number of levels inside <paramref name="epsilon"/>: 8 for 8/255, 7 for 0.03.</summary>
    /// <param name="epsilon">Radius in units of the pixel range, 0..1.</param>
    // The small addend forgives the rounding of k/255 in float32 and is far below a level.
    public static int Levels(float epsilon) => (int)MathF.Floor((epsilon * 255) + 1e-4f);

    /// <summary>Rounds the result of an attack in its own norm.</summary>
    /// <param name="attack">Tells norm and radius.</param>
    /// <param name="adversarial">Values in [0, 1].</param>
    /// <param name="clean">The clean picture, 0..255, in the same layout.</param>
    /// <param name="result">Receives 0..255, inside the ball. May be <paramref name="clean"/>.</param>
    public static void Round(IAttack attack, ReadOnlySpan<float> adversarial, ReadOnlySpan<byte> clean, Span<byte> result)
    {
        ArgumentNullException.ThrowIfNull(attack);
        if (attack.Norm == Norm.Linf && float.IsFinite(attack.Epsilon))
            Round(adversarial, clean, attack.Epsilon, result);
        else if (attack.Norm == Norm.L2 && float.IsFinite(attack.Epsilon))
            RoundL2(adversarial, clean, attack.Epsilon, result);
        else
            Round(adversarial, clean, 1, result);
    }

    /// <summary>Rounds to the nearest level; where that lengthens the change beyond the radius, the change is first made a little shorter.</summary>
    /// <param name="adversarial">Values in [0, 1].</param>
    /// <param name="clean">The clean picture, 0..255, in the same layout.</param>
    /// <param name="epsilon">Length of the change in units of the pixel range.</param>
    /// <param name="result">Receives 0..255; the length of (result - clean) / 255 is at most epsilon.</param>
    public static void RoundL2(ReadOnlySpan<float> adversarial, ReadOnlySpan<byte> clean, float epsilon, Span<byte> result)
    {
        byte[] centre = clean.ToArray();
        double most = (double)epsilon * epsilon * 255 * 255;
        if (Scaled(adversarial, centre, 1, result) <= most)
            return;

        // The rounded length does not shrink monotonically with the scale, so the last scale that was seen to fit is the one that is used.
        double fits = 0, tooLong = 1;
        for (int i = 0; i < 20; i++)
        {
            double middle = (fits + tooLong) / 2;
            if (Scaled(adversarial, centre, middle, result) <= most)
                fits = middle;
            else
                tooLong = middle;
        }

        Scaled(adversarial, centre, fits, result);
    }

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

    /// <summary>Rounds every change to the next level away from the clean picture, as far as the ball allows: for results that lie just beyond a border.</summary>
    /// <param name="adversarial">Values in [0, 1].</param>
    /// <param name="clean">The clean picture, 0..255, in the same layout.</param>
    /// <param name="epsilon">Radius in L-infinity, in units of the pixel range.</param>
    /// <param name="result">Receives 0..255; |result - clean| is at most <see cref="Levels"/>.</param>
    public static void RoundOutward(ReadOnlySpan<float> adversarial, ReadOnlySpan<byte> clean, float epsilon, Span<byte> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(clean.Length, adversarial.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, adversarial.Length);
        int levels = Levels(MathF.Min(epsilon, 1));
        for (int i = 0; i < adversarial.Length; i++)
        {
            // A thousandth of a level is float32's rounding, not a change.
            float change = (adversarial[i] * 255) - clean[i];
            int outward = Math.Sign(change) * Math.Min(levels, (int)MathF.Ceiling(MathF.Abs(change) - 1e-3f));
            result[i] = (byte)Math.Clamp(clean[i] + outward, 0, 255);
        }
    }

    private static long Scaled(ReadOnlySpan<float> adversarial, ReadOnlySpan<byte> clean, double scale, Span<byte> result)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(clean.Length, adversarial.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, adversarial.Length);
        long squares = 0;
        for (int i = 0; i < adversarial.Length; i++)
        {
            if (float.IsNaN(adversarial[i]))
                throw new ArgumentException($"Value {i} of the adversarial picture is not a number.", nameof(adversarial));
            int change = (int)Math.Round(scale * ((adversarial[i] * 255.0) - clean[i]));
            int level = Math.Clamp(clean[i] + change, 0, 255);
            squares += (long)(level - clean[i]) * (level - clean[i]);
            result[i] = (byte)level;
        }

        return squares;
    }
}
