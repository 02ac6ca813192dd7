using System.Numerics.Tensors;
using Realtime.Filter.Metrics;
using Realtime.Trainer.Data;

namespace Realtime.Trainer.Evaluation;

/// <summary>A measurement that is done batch by batch, each batch whole or not at all.</summary>
/// <param name="name">Distinguishes it in the journal, and seeds its chance.</param>
public abstract class EvaluationUnit(string name)
{
    /// <summary>Distinguishes it in the journal, and seeds its chance.</summary>
    public string Name => name;

    /// <summary>How many pictures it looks at, from the start of the set; null for all.</summary>
    public int? Pictures { get; init; }

    /// <summary>Whether it wants the machine to itself, before the others.</summary>
    public bool RunsAlone { get; init; }

    /// <summary>Batches it goes through.</summary>
    /// <param name="count">Pictures of the evaluation.</param>
    public int Batches(int count) => (Math.Min(Pictures ?? count, count) + EvaluationPlan.BatchSize - 1) / EvaluationPlan.BatchSize;

    /// <summary>The pictures of one of them.</summary>
    /// <param name="set">Where they come from.</param>
    /// <param name="count">Pictures of the evaluation.</param>
    /// <param name="number">Number of the batch, from 0.</param>
    public PictureBatch Batch(IPictureSet set, int count, int number)
    {
        int start = number * EvaluationPlan.BatchSize;
        return new PictureBatch(set, start, Math.Min(EvaluationPlan.BatchSize, Math.Min(Pictures ?? count, count) - start));
    }

    /// <summary>Measures one batch.</summary>
    /// <param name="context">Batch, models, chance.</param>
    public abstract BatchMeasurement Measure(UnitContext context);

    /// <summary>A row from verdicts and from what the classifier sees of some pictures.</summary>
    /// <param name="context">The batch.</param>
    /// <param name="deployed">The defence.</param>
    /// <param name="defence">Its name.</param>
    /// <param name="column">What was measured.</param>
    /// <param name="right">[n] right decisions.</param>
    /// <param name="pictures">[n, 3, S, S] what was judged.</param>
    protected static BatchRow Row(UnitContext context, DeployedDefence deployed, string defence, string column, int[] right, float[] pictures)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(deployed);
        PictureBatch batch = context.Batch;
        deployed.Decide(pictures, context.Chance("look"), new long[batch.Count]);
        double[] error = new double[batch.Count], likeness = new double[batch.Count];
        for (int n = 0; n < batch.Count; n++)
        {
            ReadOnlySpan<float> seen = deployed.Seen(batch.Count).Slice(n * batch.Each, batch.Each), clean = batch.Clean.AsSpan(n * batch.Each, batch.Each);
            double distance = TensorPrimitives.Distance(seen, clean);
            error[n] = distance * distance / batch.Each;
            likeness[n] = Ssim.Between(seen, clean, batch.Size, batch.Size);
        }

        return new BatchRow(defence, column, context.DrawsOf(deployed), right, error, likeness);
    }
}
