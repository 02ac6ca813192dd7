using System.Numerics.Tensors;

namespace Realtime.Filter.Defences;

/// <summary>A random transform by itself, one draw for each picture: noise, missing blocks, or both (RT1 and RT2 of AToP).</summary>
public sealed class TransformDefence : ClassicalDefence
{
    private readonly RandomTransform transform;
    private float[] slopes = [];
    private float[] missing = [];
    private int width;
    private int height;

    /// <summary>Creates the defence.</summary>
    /// <param name="transform">Of one copy; several need a purifier, see <see cref="RepeatedDefence"/>.</param>
    public TransformDefence(RandomTransform transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        if (transform.Copies != 1)
            throw new ArgumentException($"{transform.Name} joins what a purifier makes of {transform.Copies} copies.", nameof(transform));
        this.transform = transform;
    }

    /// <inheritdoc/>
    public override string Name => transform.Name;

    /// <inheritdoc/>
    public override bool IsStochastic => true;

    /// <inheritdoc/>
    public override string GradientKind => "exact";

    private int Length => 3 * width * height;

    /// <inheritdoc/>
    protected override void Begin(int count, int width, int height)
    {
        (this.width, this.height) = (width, height);
        if (slopes.Length < count * Length)
            slopes = new float[count * Length];
        if (missing.Length < Length)
            missing = new float[Length];
    }

    /// <inheritdoc/>
    protected override void DefendOne(int index, ReadOnlySpan<float> picture, Random random, Span<float> defended) =>
        transform.Apply(picture, width, height, random, defended, slopes.AsSpan(index * Length, Length), missing.AsSpan(0, Length));

    /// <inheritdoc/>
    protected override void BackwardOne(int index, ReadOnlySpan<float> gradient, Span<float> result) =>
        TensorPrimitives.Multiply(gradient, slopes.AsSpan(index * Length, Length), result);
}
