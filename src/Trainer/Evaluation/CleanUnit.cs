namespace Realtime.Trainer.Evaluation;

/// <summary>Clean pictures with and without the defences, and whether a defence that says that it has no chance gives the same twice.</summary>
/// <param name="defences">The names.</param>
public sealed class CleanUnit(IReadOnlyList<string> defences) : EvaluationUnit(EvaluationColumns.Clean)
{
    /// <summary>The count of pictures that a defence without chance answered differently at the second call.</summary>
    public static string UnrepeatedOf(string defence) => "unrepeated " + defence;

    /// <inheritdoc/>
    public override BatchMeasurement Measure(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PictureBatch batch = context.Batch;
        List<BatchRow> rows = [];
        Dictionary<string, double> counts = [];
        foreach (string defence in defences.Prepend(BatchRow.Undefended))
        {
            DeployedDefence deployed = context.Deployed(defence);
            int[] right = deployed.CountRight(batch.Clean, batch.Labels, context.DrawsOf(deployed), context.Chance("judge " + defence));
            rows.Add(Row(context, deployed, defence, EvaluationColumns.Clean, right, batch.Clean));
            if (!deployed.IsStochastic)
                counts[UnrepeatedOf(defence)] = Unrepeated(context, deployed);
        }

        return new BatchMeasurement(Name, 0, 0, rows, counts);
    }

    private static int Unrepeated(UnitContext context, DeployedDefence deployed)
    {
        PictureBatch batch = context.Batch;
        long[] classes = new long[batch.Count];
        deployed.Decide(batch.Clean, context.Chance("first"), classes);
        float[] first = deployed.Seen(batch.Count).ToArray();
        deployed.Decide(batch.Clean, context.Chance("second"), classes);
        float[] second = deployed.Seen(batch.Count).ToArray();
        return Enumerable.Range(0, batch.Count).Count(n => !first.AsSpan(n * batch.Each, batch.Each).SequenceEqual(second.AsSpan(n * batch.Each, batch.Each)));
    }
}
