using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>Distances between pictures.</summary>
internal static class Distances
{
    /// <summary>The norm of a - b.</summary>
    public static float Between(Norm norm, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (norm == Norm.L2)
            return TensorPrimitives.Distance(a, b);
        float largest = 0;
        for (int i = 0; i < a.Length; i++)
            largest = MathF.Max(largest, MathF.Abs(a[i] - b[i]));
        return largest;
    }

    /// <summary>Throws where a radius, infinity for none, or a norm cannot be.</summary>
    public static void Require(Norm norm, float epsilon)
    {
        if (norm is not (Norm.Linf or Norm.L2))
            throw new ArgumentOutOfRangeException(nameof(norm), norm, "The attack is defined in L-infinity and in L2.");
        if (!(epsilon > 0))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "The radius is above 0, or infinite for the smallest change there is.");
    }
}
