namespace Realtime.Trainer.Export.Quantization;

/// <summary>What values of an activation occur.</summary>
/// <param name="Least">The least one.</param>
/// <param name="Most">The largest one.</param>
public readonly record struct ValueRange(float Least, float Most)
{
    /// <summary>Before anything was seen.</summary>
    public static ValueRange Empty => new(float.PositiveInfinity, float.NegativeInfinity);

    private const float LeastScale = 1e-12f;    // of a value that is always 0; its inverse must be finite

    /// <summary>The distance of two neighbouring levels, above 0: 255 steps span the range, which always holds 0.</summary>
    public float Scale => Math.Max((High - Low) / byte.MaxValue, LeastScale);

    /// <summary>The level that stands for exactly 0, as padding and ReLU need.</summary>
    public byte ZeroPoint => (byte)Math.Clamp(MathF.Round(-Low / Scale), 0, byte.MaxValue);

    private float Low => Math.Min(Least, 0);

    private float High => Math.Max(Most, 0);

    /// <summary>The range that holds this one and <paramref name="values"/>.</summary>
    public ValueRange With(ReadOnlySpan<float> values)
    {
        (float least, float most) = (Least, Most);
        foreach (float value in values)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return new(least, most);
    }
}
