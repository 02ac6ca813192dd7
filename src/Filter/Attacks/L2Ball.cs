using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Pictures whose change is at most epsilon long, intersected with [0, 1]. Projecting scales the change and then clips: clipping only moves
/// values towards the clean picture, so the result is in both sets.
/// </summary>
public sealed class L2Ball : IBall
{
    private float[] centre = [];
    private float[] step = [];
    private int length;
    private int count;

    /// <summary>Creates the ball; <see cref="MoveTo"/> gives it its centre.</summary>
    /// <param name="epsilon">Radius, at least 0.</param>
    public L2Ball(float epsilon)
    {
        if (!(epsilon >= 0) || !float.IsFinite(epsilon))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "The radius is the length of a change and at least 0.");
        Epsilon = epsilon;
    }

    /// <inheritdoc/>
    public Norm Norm => Norm.L2;

    /// <inheritdoc/>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public void MoveTo(ReadOnlySpan<float> clean, int count)
    {
        PixelRange.ThrowIfOutside(clean);
        this.count = count;
        length = clean.Length;
        if (centre.Length < length)
            centre = new float[length];
        clean.CopyTo(centre);
    }

    /// <inheritdoc/>
    public void Project(Span<float> pictures)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pictures.Length, length);
        int each = length / Math.Max(1, count);
        for (int n = 0; n < count; n++)
        {
            Span<float> own = pictures.Slice(n * each, each);
            ReadOnlySpan<float> middle = centre.AsSpan(n * each, each);
            float distance = TensorPrimitives.Distance(own, middle);
            if (distance > Epsilon)
            {
                TensorPrimitives.Subtract(own, middle, own);
                TensorPrimitives.MultiplyAdd(own, Epsilon / distance, middle, own);
            }
        }

        TensorPrimitives.Max(pictures, 0f, pictures);
        TensorPrimitives.Min(pictures, 1f, pictures);
    }

    /// <inheritdoc/>
    public void Climb(Span<float> pictures, ReadOnlySpan<float> slope, ReadOnlySpan<float> sizes)
    {
        int each = pictures.Length / Math.Max(1, sizes.Length);
        if (step.Length < each)
            step = new float[each];
        for (int n = 0; n < sizes.Length; n++)
        {
            ReadOnlySpan<float> own = slope.Slice(n * each, each);
            float largest = MathF.Abs(TensorPrimitives.MaxMagnitude(own));
            if (largest == 0)
                continue;       // a picture without influence stays

            // Scaled first, so that the squares of a tiny slope do not vanish.
            Span<float> scaled = step.AsSpan(0, each);
            TensorPrimitives.Divide(own, largest, scaled);
            Span<float> target = pictures.Slice(n * each, each);
            TensorPrimitives.MultiplyAdd(scaled, sizes[n] / TensorPrimitives.Norm<float>(scaled), target, target);
        }
    }

    /// <inheritdoc/>
    public void StartInside(Span<float> pictures, Random random) => Start(pictures, random, inside: true);

    /// <inheritdoc/>
    public void StartOnSurface(Span<float> pictures, Random random) => Start(pictures, random, inside: false);

    private void Start(Span<float> pictures, Random random, bool inside)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pictures.Length, length);
        int each = length / Math.Max(1, count);
        for (int n = 0; n < count; n++)
        {
            Span<float> own = pictures.Slice(n * each, each);
            Gaussian.Fill(own, random);
            float radius = inside ? Epsilon * MathF.Pow(random.NextSingle(), 1f / each) : Epsilon;
            TensorPrimitives.MultiplyAdd(own, radius / TensorPrimitives.Norm<float>(own), centre.AsSpan(n * each, each), own);
        }

        Project(pictures);
    }
}
