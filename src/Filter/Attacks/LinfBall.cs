using System.Globalization;
using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// The set an attack may search: pictures within epsilon of the clean ones in every value, intersected with [0, 1].
/// The bounds are computed once a batch, so that projecting is exact: a projected value is a bound or untouched.
/// </summary>
public sealed class LinfBall
{
    private readonly float epsilon;
    private float[] lower = [];
    private float[] upper = [];
    private int length;

    /// <summary>Creates the ball; <see cref="MoveTo"/> gives it its centre.</summary>
    /// <param name="epsilon">Radius, 0..1.</param>
    public LinfBall(float epsilon)
    {
        if (!(epsilon is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "The radius is in units of the pixel range and lies in 0..1.");
        this.epsilon = epsilon;
    }

    /// <summary>Centres the ball on <paramref name="clean"/>.</summary>
    /// <param name="clean">Any number of values in [0, 1].</param>
    /// <exception cref="ArgumentException">A value is not a number in [0, 1]; the message names it.</exception>
    public void MoveTo(ReadOnlySpan<float> clean)
    {
        ThrowIfOutsideRange(clean);
        length = clean.Length;
        if (lower.Length < length)
        {
            lower = new float[length];
            upper = new float[length];
        }

        TensorPrimitives.Subtract(clean, epsilon, lower.AsSpan(0, length));
        TensorPrimitives.Max(lower.AsSpan(0, length), 0f, lower);
        TensorPrimitives.Add(clean, epsilon, upper.AsSpan(0, length));
        TensorPrimitives.Min(upper.AsSpan(0, length), 1f, upper);
    }

    /// <summary>Moves every value of <paramref name="pictures"/> to the nearest one inside the ball.</summary>
    /// <param name="pictures">As many values as the centre has.</param>
    public void Project(Span<float> pictures)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pictures.Length, length);
        TensorPrimitives.Max(pictures, lower.AsSpan(0, length), pictures);
        TensorPrimitives.Min(pictures, upper.AsSpan(0, length), pictures);
    }

    private static void ThrowIfOutsideRange(ReadOnlySpan<float> clean)
    {
        // Min and Max carry a NaN through, and a comparison with NaN is false.
        if (clean.IsEmpty || (TensorPrimitives.Min(clean) >= 0 && TensorPrimitives.Max(clean) <= 1))
            return;
        for (int i = 0; i < clean.Length; i++)
        {
            if (!(clean[i] is >= 0 and <= 1))
                throw new ArgumentException($"Pixel values lie in [0, 1]; value {i} is {clean[i].ToString(CultureInfo.InvariantCulture)}.", nameof(clean));
        }
    }
}
