using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>One run of APGD from one random start (Croce and Hein 2020, algorithm 1) for a batch. Owns its buffers, which are reused.</summary>
/// <param name="ball">The set to search.</param>
/// <param name="steps">N; a run takes N + 1 gradients.</param>
/// <param name="rho">Condition 1's share, 0.75.</param>
internal sealed class ApgdRun(IBall ball, int steps, float rho)
{
    private const float Momentum = 0.75f;

    private readonly ApgdSteps rule = new(steps, rho);
    private float[] point = [];
    private float[] previous = [];
    private float[] ahead = [];
    private float[] slope = [];
    private float[] best = [];
    private float[] bestSlope = [];

    /// <summary>Climbs <paramref name="loss"/>.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="scratch">Begun with the batch.</param>
    /// <param name="clean">[count, 3, H, W].</param>
    /// <param name="loss">The loss of the batch.</param>
    /// <param name="goal">Judges predictions against the scratch's labels.</param>
    /// <param name="adversarial">Receives each picture's last iterate that reached the goal; without one that with the highest loss.</param>
    /// <param name="reached">[count] receives whether the goal was reached.</param>
    /// <param name="random">Of the start.</param>
    public void Run(IGradient victim, VictimScratch scratch, ReadOnlySpan<float> clean, ILogitLoss loss, AttackGoal goal, Span<float> adversarial, Span<bool> reached, Random random)
    {
        int length = clean.Length;
        Reserve(length);
        ball.MoveTo(clean, scratch.Count);
        ball.StartOnSurface(point.AsSpan(0, length), random);
        scratch.Ask(victim, point.AsSpan(0, length), loss);
        point.AsSpan(0, length).CopyTo(previous);
        point.AsSpan(0, length).CopyTo(best);
        scratch.Gradient.CopyTo(slope);
        scratch.Gradient.CopyTo(bestSlope);
        rule.Begin(scratch.Loss, 2 * ball.Epsilon);
        reached.Clear();
        KeepReached(scratch, goal, adversarial, reached);

        for (int step = 0; step < steps; step++)
        {
            Move(length, step == 0 ? 1 : Momentum);
            scratch.Ask(victim, point.AsSpan(0, length), loss);
            scratch.Gradient.CopyTo(slope);
            rule.Observe(scratch.Loss);
            KeepReached(scratch, goal, adversarial, reached);
            KeepBest(length / Math.Max(1, scratch.Count));
        }

        int each = length / Math.Max(1, scratch.Count);
        for (int n = 0; n < scratch.Count; n++)
        {
            if (!reached[n])
                best.AsSpan(n * each, each).CopyTo(adversarial[(n * each)..]);
        }
    }

    /// <summary>z = P(x + size * step(slope)), next x = P(x + a (z - x) + (1 - a) (x - previous x)).</summary>
    private void Move(int length, float a)
    {
        Span<float> z = ahead.AsSpan(0, length);
        ReadOnlySpan<float> x = point.AsSpan(0, length);
        x.CopyTo(z);
        ball.Climb(z, slope.AsSpan(0, length), rule.Sizes);
        ball.Project(z);
        if (a < 1)
        {
            TensorPrimitives.Multiply(z, a, z);
            TensorPrimitives.MultiplyAdd(x, 2 * (1 - a), z, z);
            TensorPrimitives.MultiplyAdd(previous.AsSpan(0, length), a - 1, z, z);
            ball.Project(z);
        }

        (previous, point, ahead) = (point, ahead, previous);
    }

    private void KeepBest(int each)
    {
        for (int n = 0; n < rule.Improved.Length; n++)
        {
            Span<float> own = point.AsSpan(n * each, each), ownSlope = slope.AsSpan(n * each, each);
            Span<float> top = best.AsSpan(n * each, each), topSlope = bestSlope.AsSpan(n * each, each);
            if (rule.Improved[n])
            {
                own.CopyTo(top);
                ownSlope.CopyTo(topSlope);
            }

            // The point before stays what it was, so that the next move has the momentum of the way back.
            if (rule.Halved[n])
            {
                top.CopyTo(own);
                topSlope.CopyTo(ownSlope);
            }
        }
    }

    private void KeepReached(VictimScratch scratch, AttackGoal goal, Span<float> adversarial, Span<bool> reached)
    {
        int each = adversarial.Length / Math.Max(1, scratch.Count);
        for (int n = 0; n < scratch.Count; n++)
        {
            if (!goal.IsReached(scratch.Predicted(n), scratch.Labels[n]))
                continue;
            reached[n] = true;
            point.AsSpan(n * each, each).CopyTo(adversarial[(n * each)..]);
        }
    }

    private void Reserve(int length)
    {
        if (point.Length >= length)
            return;
        point = new float[length];
        previous = new float[length];
        ahead = new float[length];
        slope = new float[length];
        best = new float[length];
        bestSlope = new float[length];
    }
}
