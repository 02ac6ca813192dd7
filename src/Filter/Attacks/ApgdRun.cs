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
    private readonly ApgdBatch batch = new();

    /// <summary>Climbs a loss.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="scratch">Begun with the batch.</param>
    /// <param name="clean">[count, 3, H, W].</param>
    /// <param name="labels">[count].</param>
    /// <param name="lossOf">The loss of a batch, given its labels; asked again when pictures have left.</param>
    /// <param name="goal">Judges predictions against the labels.</param>
    /// <param name="adversarial">Receives each picture's last iterate that reached the goal; without one that with the highest loss.</param>
    /// <param name="reached">[count] receives whether the goal was reached.</param>
    /// <param name="random">Of the start.</param>
    /// <param name="leaves">Which pictures leave before the end, see <see cref="Apgd.Leaves"/>; null for none.</param>
    public void Run(
        IGradient victim, VictimScratch scratch, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Func<long[], ILogitLoss> lossOf, AttackGoal goal,
        Span<float> adversarial, Span<bool> reached, Random random, LeaveTest? leaves)
    {
        batch.Begin(clean, labels);
        ball.MoveTo(clean, scratch.Count);
        ball.StartOnSurface(batch.Point, random);
        ILogitLoss loss = lossOf(scratch.Labels);
        scratch.Ask(victim, batch.Point, loss);
        batch.Point.CopyTo(batch.Previous);
        batch.Point.CopyTo(batch.Best);
        scratch.Gradient.CopyTo(batch.Slope);
        scratch.Gradient.CopyTo(batch.BestSlope);
        rule.Begin(scratch.Loss, 2 * ball.Epsilon);
        reached.Clear();
        batch.KeepReached(scratch, goal, adversarial, reached);
        Drop();

        for (int step = 0; step < steps && batch.Count > 0; step++)
        {
            Move(step == 0 ? 1 : Momentum);
            scratch.Ask(victim, batch.Point, loss);
            scratch.Gradient.CopyTo(batch.Slope);
            rule.Observe(scratch.Loss);
            batch.KeepReached(scratch, goal, adversarial, reached);
            Drop();
            batch.KeepBest(rule);
        }

        batch.ReturnBest(adversarial, reached);

        void Drop()
        {
            if (leaves is null || !DropLeaving(leaves))
                return;
            scratch.Begin(victim, batch.Clean, batch.Labels, batch.Point);
            ball.MoveTo(batch.Clean, batch.Count);
            loss = lossOf(scratch.Labels);
        }
    }

    private bool DropLeaving(LeaveTest leaves)
    {
        ReadOnlySpan<bool> gone = batch.Leaving(leaves);
        if (!gone.Contains(true))
            return false;
        rule.Drop(gone);
        batch.Drop(gone);
        return true;
    }

    /// <summary>z = P(x + size * step(slope)), next x = P(x + a (z - x) + (1 - a) (x - previous x)).</summary>
    private void Move(float a)
    {
        Span<float> z = batch.Ahead;
        ReadOnlySpan<float> x = batch.Point;
        x.CopyTo(z);
        ball.Climb(z, batch.Slope, rule.Sizes);
        ball.Project(z);
        if (a < 1)
        {
            TensorPrimitives.Multiply(z, a, z);
            TensorPrimitives.MultiplyAdd(x, 2 * (1 - a), z, z);
            TensorPrimitives.MultiplyAdd(batch.Previous, a - 1, z, z);
            ball.Project(z);
        }

        batch.Advance();
    }
}
