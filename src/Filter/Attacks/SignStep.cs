using System.Numerics;
using System.Runtime.InteropServices;

namespace Realtime.Filter.Attacks;

/// <summary>The step that all sign attacks share.</summary>
public static class SignStep
{
    /// <summary>Adds <paramref name="size"/> * sign(direction) to every value; sign(0) = 0, so a value without influence stays.</summary>
    /// <param name="pictures">Changed in place.</param>
    /// <param name="direction">As long as <paramref name="pictures"/>; only its signs count.</param>
    /// <param name="size">Length of the step, above 0 to climb.</param>
    public static void Climb(Span<float> pictures, ReadOnlySpan<float> direction, float size)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(direction.Length, pictures.Length);

        // TensorPrimitives.Sign writes integers and CopySign has no zero, so this one loop is spelled out.
        Vector<float> up = new(size);
        Span<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(pictures);
        ReadOnlySpan<Vector<float>> wideDirection = MemoryMarshal.Cast<float, Vector<float>>(direction);
        for (int i = 0; i < wide.Length; i++)
        {
            Vector<float> step = Vector.ConditionalSelect(
                Vector.GreaterThan(wideDirection[i], Vector<float>.Zero),
                up,
                Vector.ConditionalSelect(Vector.LessThan(wideDirection[i], Vector<float>.Zero), -up, Vector<float>.Zero));
            wide[i] += step;
        }

        for (int i = wide.Length * Vector<float>.Count; i < pictures.Length; i++)
            pictures[i] += direction[i] > 0 ? size : direction[i] < 0 ? -size : 0;
    }
}
