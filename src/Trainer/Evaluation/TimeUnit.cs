using System.Diagnostics;
using Realtime.Filter.Defences;

namespace Realtime.Trainer.Evaluation;

/// <summary>Milliseconds that each defence takes for a picture, alone on one core, in a batch: the median of some runs after one to warm up.</summary>
/// <param name="defences">The names.</param>
public sealed class TimeUnit(IReadOnlyList<string> defences) : EvaluationUnit("time")
{
    private const int Runs = 5;

    /// <summary>The count of milliseconds.</summary>
    public static string MillisecondsOf(string defence) => "milliseconds " + defence;

    /// <inheritdoc/>
    public override BatchMeasurement Measure(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PictureBatch batch = context.Batch;
        float[] defended = new float[batch.Clean.Length];
        Dictionary<string, double> counts = [];
        foreach (string name in defences)
        {
            IDefence defence = context.Defence(name);
            List<double> times = [];
            for (int run = 0; run <= Runs; run++)
            {
                long begin = Stopwatch.GetTimestamp();
                defence.Defend(batch.Clean, batch.Size, batch.Size, context.Chance("time"), defended);
                times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds / batch.Count);
            }

            counts[MillisecondsOf(name)] = times.Skip(1).Order().ElementAt(Runs / 2);
        }

        return new BatchMeasurement(Name, 0, 0, [], counts);
    }
}
