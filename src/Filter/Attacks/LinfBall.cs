using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Pictures within epsilon of the clean ones in every value, intersected with [0, 1].
/// The bounds are computed once a batch, so that projecting is exact: a projected value is a bound or untouched.
/// </summary>
public sealed class LinfBall : IBall
{
    private float[] centre = [];
    private float[] lower = [];
    private float[] upper = [];
    private int length;
    private int count;

    /// <summary>Creates the ball; <see cref="MoveTo"/> gives it its centre.</summary>
    /// <param name="epsilon">Radius, 0..1.</param>
    public LinfBall(float epsilon)
    {
        if (!(epsilon is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "The radius is in units of the pixel range and lies in 0..1.");
        Epsilon = epsilon;
    }

    /// <inheritdoc/>
    public Norm Norm => Norm.Linf;

    /// <inheritdoc/>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public void MoveTo(ReadOnlySpan<float> clean, int count = 1)
    {
        PixelRange.ThrowIfOutside(clean);
        length = clean.Length;
        this.count = count;
        if (lower.Length < length)
        {
            lower = new float[length];
            upper = new float[length];
            centre = new float[length];
        }

        clean.CopyTo(centre);
        TensorPrimitives.Subtract(clean, Epsilon, lower.AsSpan(0, length));
        TensorPrimitives.Max(lower.AsSpan(0, length), 0f, lower);
        TensorPrimitives.Add(clean, Epsilon, upper.AsSpan(0, length));
        TensorPrimitives.Min(upper.AsSpan(0, length), 1f, upper);
    }

    /// <inheritdoc/>
    public void Project(Span<float> pictures)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pictures.Length, length);
        TensorPrimitives.Max(pictures, lower.AsSpan(0, length), pictures);
        TensorPrimitives.Min(pictures, upper.AsSpan(0, length), pictures);
    }

    /// <inheritdoc/>
    public void Climb(Span<float> pictures, ReadOnlySpan<float> slope, ReadOnlySpan<float> sizes)
    {
        int each = pictures.Length / Math.Max(1, sizes.Length);
        for (int n = 0; n < sizes.Length; n++)
            SignStep.Climb(pictures.Slice(n * each, each), slope.Slice(n * each, each), sizes[n]);
    }

    /// <inheritdoc/>
    public void StartInside(Span<float> pictures, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ReadOnlySpan<float> centre = this.centre.AsSpan(0, length);
        for (int i = 0; i < pictures.Length; i++)
            pictures[i] = centre[i] + (((2 * random.NextSingle()) - 1) * Epsilon);
        Project(pictures);
    }

    /// <inheritdoc/>
    public void StartOnSurface(Span<float> pictures, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pictures.Length, length);
        foreach (ref float value in pictures)
            value = (2 * random.NextSingle()) - 1;
        int each = length / Math.Max(1, count);
        for (int n = 0; n < count; n++)
        {
            Span<float> own = pictures.Slice(n * each, each);
            TensorPrimitives.Multiply(own, Epsilon / MathF.Abs(TensorPrimitives.MaxMagnitude<float>(own)), own);
        }

        TensorPrimitives.Add(pictures, centre.AsSpan(0, length), pictures);
        Project(pictures);
    }
}
