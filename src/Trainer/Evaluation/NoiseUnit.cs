using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>Random changes as large as the attack's: on the corners of the ball in L-infinity, on its surface in L2. Ten a picture.</summary>
/// <param name="defences">The names.</param>
public sealed class NoiseUnit(IReadOnlyList<string> defences) : EvaluationUnit(EvaluationColumns.Noise)
{
    private const int Points = 10;

    /// <inheritdoc/>
    public override BatchMeasurement Measure(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PictureBatch batch = context.Batch;
        List<BatchRow> rows = [];
        Random random = context.Chance("noise");
        float[][] points = [.. Enumerable.Range(0, Points).Select(_ => Draw(context, random))];
        foreach (string defence in defences.Prepend(BatchRow.Undefended))
        {
            DeployedDefence deployed = context.Deployed(defence);
            int[] right = new int[batch.Count];
            Random judge = context.Chance("judge " + defence);      // one for all points, so that each meets draws of its own
            foreach (float[] point in points)
            {
                int[] once = deployed.CountRight(point, batch.Labels, 1, judge);
                for (int n = 0; n < right.Length; n++)
                    right[n] += once[n];
            }

            rows.Add(Row(context, deployed, defence, EvaluationColumns.Noise, right, points[0]) with { Draws = Points });
        }

        return new BatchMeasurement(Name, 0, 0, rows);
    }

    private static float[] Draw(UnitContext context, Random random)
    {
        PictureBatch batch = context.Batch;
        AttackGoal goal = new() { Norm = context.Settings.Norm };
        IBall ball = goal.Ball(context.Settings.Epsilon);
        float[] points = [.. batch.Clean];
        ball.MoveTo(batch.Clean, batch.Count);
        if (goal.Norm == Norm.Linf)
        {
            for (int i = 0; i < points.Length; i++)
                points[i] += random.Next(2) == 0 ? ball.Epsilon : -ball.Epsilon;
        }
        else
        {
            ball.StartOnSurface(points, random);
        }

        ball.Project(points);
        return points;
    }
}
