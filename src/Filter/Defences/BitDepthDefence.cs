namespace Realtime.Filter.Defences;

/// <summary>Fewer levels for every value (Xu et al. 2018, feature squeezing): x becomes round(x (2^b - 1)) / (2^b - 1).</summary>
public sealed class BitDepthDefence : ClassicalDefence
{
    private readonly int bits;
    private readonly float steps;

    /// <summary>Creates the defence.</summary>
    /// <param name="bits">1..8.</param>
    public BitDepthDefence(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 8);
        this.bits = bits;
        steps = (1 << bits) - 1;
    }

    /// <inheritdoc/>
    public override string Name => $"bits-{bits}";

    /// <inheritdoc/>
    protected override void DefendOne(int index, ReadOnlySpan<float> picture, Random random, Span<float> defended)
    {
        for (int i = 0; i < picture.Length; i++)
            defended[i] = MathF.Round(Math.Clamp(picture[i], 0, 1) * steps) / steps;
    }
}
