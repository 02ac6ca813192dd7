using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>One run of FAB (Croce and Hein 2020, "Minimally distorted adversarial examples", algorithm 1) for a batch.</summary>
/// <param name="norm">L-infinity or L2.</param>
/// <param name="steps">Iterations.</param>
/// <param name="start">Bound of a random start's distance, half of which is used.</param>
internal sealed class FabRun(Norm norm, int steps, float start)
{
    private const float MostBias = 0.1f;        // alpha_max
    private const float Extrapolation = 1.05f;  // eta
    private const float Backward = 0.9f;        // beta

    private readonly NearestBorder border = new(norm);
    private float[] point = [];
    private float[] ownStep = [];
    private float[] cleanStep = [];
    private float[] distance = [];

    /// <summary>[count] norm of the smallest change that fooled the victim in the last run; infinity where none did.</summary>
    public ReadOnlySpan<float> Distance => distance;

    /// <summary>Searches.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="scratch">Begun with the batch.</param>
    /// <param name="clean">[count, 3, H, W].</param>
    /// <param name="targetsOf">The other classes of a rank.</param>
    /// <param name="firstRank">First of the ranks whose borders are approached.</param>
    /// <param name="ranks">How many; 1 for the targeted form.</param>
    /// <param name="adversarial">Receives the nearest pictures that fool the victim; others are left alone.</param>
    /// <param name="random">Of the start; null to start at the clean pictures.</param>
    public void Run(IGradient victim, VictimScratch scratch, ReadOnlySpan<float> clean, Func<int, long[]> targetsOf, int firstRank, int ranks, Span<float> adversarial, Random? random)
    {
        int count = scratch.Count, each = victim.PictureLength;
        if (point.Length < clean.Length)
            point = new float[clean.Length];
        if (ownStep.Length < each)
        {
            ownStep = new float[each];
            cleanStep = new float[each];
        }

        if (distance.Length < count)
            distance = new float[count];
        distance.AsSpan().Fill(float.PositiveInfinity);
        Span<float> x = point.AsSpan(0, clean.Length);
        clean.CopyTo(x);
        if (random is not null)
        {
            IBall ball = norm == Norm.L2 ? new L2Ball(start / 2) : new LinfBall(start / 2);
            ball.MoveTo(clean, count);
            ball.StartOnSurface(x, random);
        }

        for (int step = 0; step < steps; step++)
        {
            border.Find(victim, scratch, x, targetsOf, firstRank, ranks);
            for (int n = 0; n < count; n++)
                Move(n, clean.Slice(n * each, each), x.Slice(n * each, each));
            scratch.Predict(victim, x);
            for (int n = 0; n < count; n++)
            {
                if (scratch.Predicted(n) != scratch.Labels[n])
                    Keep(n, clean.Slice(n * each, each), x.Slice(n * each, each), adversarial.Slice(n * each, each));
            }
        }
    }

    /// <summary>x = clip((1 - alpha) (x + eta d(x)) + alpha (clean + eta d(clean))), with d the exact steps to the linearised border.</summary>
    private void Move(int picture, ReadOnlySpan<float> clean, Span<float> x)
    {
        ReadOnlySpan<float> w = border.Normal(picture, clean.Length);
        double offset = 0;
        for (int i = 0; i < x.Length; i++)
            offset += w[i] * ((double)x[i] - clean[i]);
        double own = Math.Max(HyperplaneProjection.Step(x, w, -border.Heights[picture], norm, ownStep), 1e-8);
        double fromClean = Math.Max(HyperplaneProjection.Step(clean, w, offset - border.Heights[picture], norm, cleanStep), 1e-8);
        float alpha = Math.Min((float)(own / (own + fromClean)), MostBias);
        for (int i = 0; i < x.Length; i++)
            x[i] = Math.Clamp(((1 - alpha) * (x[i] + (Extrapolation * ownStep[i]))) + (alpha * (clean[i] + (Extrapolation * cleanStep[i]))), 0, 1);
    }

    private void Keep(int picture, ReadOnlySpan<float> clean, Span<float> x, Span<float> adversarial)
    {
        float now = Distances.Between(norm, x, clean);
        if (now < distance[picture])
        {
            distance[picture] = now;
            x.CopyTo(adversarial);
        }

        TensorPrimitives.Subtract(x, clean, x);
        TensorPrimitives.MultiplyAdd(x, Backward, clean, x);
    }
}
