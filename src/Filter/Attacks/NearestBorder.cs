using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// The nearest class border of the linearised victim at each picture, as DeepFool and FAB choose it: the smallest |z_k - z_y| over the dual
/// norm of the gradient of that difference.
/// </summary>
/// <param name="norm">In which the distance is measured; the dual of L-infinity is L1.</param>
internal sealed class NearestBorder(Norm norm)
{
    private float[] normals = [];
    private float[] heights = [];
    private double[] distances = [];

    /// <summary>[count] z_k - z_y at the point.</summary>
    public ReadOnlySpan<float> Heights => heights;

    /// <summary>[count] distance to the border of the linearised victim.</summary>
    public ReadOnlySpan<double> Distances => distances;

    /// <summary>The gradient of z_k - z_y for one picture.</summary>
    public ReadOnlySpan<float> Normal(int picture, int each) => normals.AsSpan(picture * each, each);

    /// <summary>Looks at some of the other classes, one gradient each.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="scratch">Begun with the batch.</param>
    /// <param name="points">[count, 3, H, W].</param>
    /// <param name="targetsOf">The classes of a rank.</param>
    /// <param name="first">The first rank.</param>
    /// <param name="ranks">How many.</param>
    public void Find(IGradient victim, VictimScratch scratch, ReadOnlySpan<float> points, Func<int, long[]> targetsOf, int first, int ranks)
    {
        int count = scratch.Count, each = victim.PictureLength;
        if (normals.Length < points.Length)
            normals = new float[points.Length];
        if (heights.Length < count)
        {
            heights = new float[count];
            distances = new double[count];
        }

        distances.AsSpan().Fill(double.PositiveInfinity);
        for (int rank = first; rank < first + ranks; rank++)
        {
            scratch.Ask(victim, points, new LogitDifference(scratch.Labels, targetsOf(rank)));
            for (int n = 0; n < count; n++)
            {
                ReadOnlySpan<float> normal = scratch.Gradient.Slice(n * each, each);
                double dual = norm == Norm.L2 ? TensorPrimitives.Norm(normal) : TensorPrimitives.SumOfMagnitudes(normal);
                double distance = Math.Abs(scratch.Loss[n]) / (dual + 1e-12);
                if (distance >= distances[n])
                    continue;
                distances[n] = distance;
                heights[n] = scratch.Loss[n];
                normal.CopyTo(normals.AsSpan(n * each, each));
            }
        }
    }
}
