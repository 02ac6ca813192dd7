namespace Realtime.Filter.Attacks;

/// <summary>
/// Rounds the results of an attack to 8 bits, inside the ball, so that whoever judges them judges what a file can show. For clean pictures
/// that are themselves of 8 bits.
/// </summary>
/// <param name="inner">The attack.</param>
public sealed class EightBitAttack(IAttack inner) : IAttack
{
    private byte[] levels = [];

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public float Epsilon => inner.Epsilon;

    /// <inheritdoc/>
    public Norm Norm => inner.Norm;

    /// <inheritdoc/>
    public int LeastClasses => inner.LeastClasses;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A clean value is not a whole level.</exception>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        inner.Perturb(victim, clean, labels, adversarial, random);
        if (levels.Length < clean.Length)
            levels = new byte[clean.Length];
        for (int i = 0; i < clean.Length; i++)
        {
            levels[i] = (byte)MathF.Round(clean[i] * 255);
            if (MathF.Abs(levels[i] - (clean[i] * 255)) > 1e-3f)
                throw new ArgumentException($"Value {i} of the clean pictures is not a whole 8-bit level.", nameof(clean));
        }

        int each = clean.Length / Math.Max(1, labels.Length);
        for (int n = 0; n < labels.Length; n++)
        {
            Span<byte> own = levels.AsSpan(n * each, each);
            Span<float> picture = adversarial.Slice(n * each, each);
            EightBit.Round(inner, picture, own, own);
            for (int i = 0; i < each; i++)
                picture[i] = own[i] / 255f;
        }
    }
}
