using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Rounds the results of an attack to 8 bits, inside the ball, so that whoever judges them judges what a file can show. For clean pictures
/// that are themselves of 8 bits. Where rounding to the nearest level undoes a result in L-infinity, as it does to those that lie just beyond a
/// border, rounding away from the clean picture is tried too.
/// </summary>
/// <param name="inner">The attack.</param>
public sealed class EightBitAttack(IAttack inner) : IAttack
{
    private byte[] levels = [];
    private byte[] rounded = [];
    private float[] logits = [];

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
        ArgumentNullException.ThrowIfNull(victim);
        inner.Perturb(victim, clean, labels, adversarial, random);
        if (levels.Length < clean.Length)
            levels = new byte[clean.Length];
        for (int i = 0; i < clean.Length; i++)
        {
            levels[i] = (byte)MathF.Round(clean[i] * 255);
            if (MathF.Abs(levels[i] - (clean[i] * 255)) > 1e-3f)
                throw new ArgumentException($"Value {i} of the clean pictures is not a whole 8-bit level.", nameof(clean));
        }

        logits = new float[labels.Length * victim.Classes];
        long[] wanted = Predict(victim, adversarial);
        float[] exact = adversarial.ToArray();
        int each = clean.Length / Math.Max(1, labels.Length);
        rounded = new byte[each];
        for (int n = 0; n < labels.Length; n++)
        {
            EightBit.Round(inner, exact.AsSpan(n * each, each), levels.AsSpan(n * each, each), rounded);
            Show(rounded, adversarial.Slice(n * each, each));
        }

        if (Norm != Norm.Linf)
            return;
        long[] found = Predict(victim, adversarial);
        float[] outward = adversarial.ToArray();
        for (int n = 0; n < labels.Length; n++)
        {
            if (found[n] == wanted[n])
                continue;
            EightBit.RoundOutward(exact.AsSpan(n * each, each), levels.AsSpan(n * each, each), Epsilon, rounded);
            Show(rounded, outward.AsSpan(n * each, each));
        }

        long[] better = Predict(victim, outward);
        for (int n = 0; n < labels.Length; n++)
        {
            if (found[n] != wanted[n] && better[n] == wanted[n])
                outward.AsSpan(n * each, each).CopyTo(adversarial[(n * each)..]);
        }
    }

    private static void Show(ReadOnlySpan<byte> from, Span<float> to)
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = from[i] / 255f;
    }

    private long[] Predict(IGradient victim, ReadOnlySpan<float> pictures)
    {
        if (logits.Length == 0)
            return [];
        victim.Predict(pictures, logits);
        return [.. logits.Chunk(victim.Classes).Select(z => (long)TensorPrimitives.IndexOfMax<float>(z))];
    }
}
