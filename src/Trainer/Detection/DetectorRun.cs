using Realtime.Filter.Detection;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Detection;

/// <summary>Shows every kind of every picture to the classifier, before and behind the purifier, and measures the features.</summary>
/// <param name="settings">Pictures, classifier, one defence, seed.</param>
/// <param name="set">The pictures.</param>
/// <param name="kinds">What they are shown as.</param>
/// <param name="open">Makes a worker's models.</param>
public sealed class DetectorRun(EvaluationSettings settings, IPictureSet set, IReadOnlyList<ShownKind> kinds, Func<IEvaluationModels> open)
{
    /// <summary>Told after each batch: how many are done, and of how many.</summary>
    public Action<int, int>? Measured { get; init; }

    /// <summary>Whether a picture is one that is fitted on; the others are reported on. Every other one, so that sets in the order of their classes are halved fairly.</summary>
    /// <param name="picture">Its place in the set.</param>
    public static bool IsFitted(int picture) => picture % 2 == 0;

    /// <summary>Runs to the end.</summary>
    /// <param name="workers">Threads, at least 1.</param>
    /// <param name="cancellation">Stops within a question to a model.</param>
    /// <returns>For each kind [count] what was measured; null where it was not: adaptive attacks on the pictures that are fitted on.</returns>
    public IReadOnlyDictionary<ShownKind, ShownPicture?[]> Run(int workers, CancellationToken cancellation)
    {
        Dictionary<ShownKind, ShownPicture?[]> shown = kinds.ToDictionary(kind => kind, _ => new ShownPicture?[settings.Count]);
        int batches = (settings.Count + EvaluationPlan.BatchSize - 1) / EvaluationPlan.BatchSize, done = 0;
        using IEvaluationModels first = open();
        new BatchWorkers(first, open).Run(workers, batches, Measure, cancellation);
        return shown;

        void Measure(int number, IEvaluationModels models, CancellationToken stop)
        {
            int start = number * EvaluationPlan.BatchSize;
            PictureBatch batch = new(set, start, Math.Min(EvaluationPlan.BatchSize, settings.Count - start));
            foreach (ShownKind kind in kinds)
            {
                stop.ThrowIfCancellationRequested();
                int[] places = [.. Enumerable.Range(0, batch.Count).Where(n => kind.Role != ShownRole.Adaptive || !IsFitted(start + n))];
                if (places.Length > 0)
                    Show(new UnitContext(settings, models, batch, kind.Name, number, (_, _) => null, stop), kind, places, shown[kind]);
            }

            Measured?.Invoke(Interlocked.Increment(ref done), batches);
        }
    }

    private void Show(UnitContext context, ShownKind kind, int[] places, ShownPicture?[] target)
    {
        float[] pictures = kind.Make(context, places);
        DeployedDefence raw = context.Deployed(BatchRow.Undefended), purified = context.Deployed(settings.Defences[0]);
        long[] before = new long[places.Length], after = new long[places.Length];
        raw.Decide(pictures, context.Chance("raw"), before);
        purified.Decide(pictures, context.Chance("purified"), after);
        int each = context.Batch.Each, classes = context.Classifier.Classes;
        for (int n = 0; n < places.Length; n++)
        {
            double[] features = new double[AttackFeatures.Count];
            AttackFeatures.Measure(
                raw.Logits(places.Length).Slice(n * classes, classes),
                purified.Logits(places.Length).Slice(n * classes, classes),
                raw.Seen(places.Length).Slice(n * each, each),
                purified.Seen(places.Length).Slice(n * each, each),
                context.Batch.Size,
                features);
            long label = context.Batch.Labels[places[n]];
            target[context.Batch.Start + places[n]] = new ShownPicture(features, before[n] == label, after[n] == label);
        }
    }
}
