using System.Diagnostics;
using Realtime.Trainer.Data;

namespace Realtime.Trainer.Evaluation;

/// <summary>
/// Takes every batch through every unit that the journal does not have yet. Workers take whole batches, with models of their own, so that no
/// figure depends on their number.
/// </summary>
/// <param name="settings">Of the evaluation.</param>
/// <param name="set">The pictures.</param>
/// <param name="units">What to measure, in order.</param>
/// <param name="open">Makes a worker's models.</param>
/// <param name="journal">Receives the measurements.</param>
public sealed class EvaluationRun(
    EvaluationSettings settings, IPictureSet set, IReadOnlyList<EvaluationUnit> units, Func<IEvaluationModels> open, EvaluationJournal journal)
{
    /// <summary>Of the program, kept with each measurement.</summary>
    public string? Commit { get; init; }

    /// <summary>Told after each measurement: it, and how many there are in all and done.</summary>
    public Action<BatchMeasurement>? Measured { get; init; }

    /// <summary>All measurements of the plan.</summary>
    public IEnumerable<(EvaluationUnit Unit, int Batch)> Work => units.SelectMany(unit => Enumerable.Range(0, unit.Batches(settings.Count)).Select(batch => (unit, batch)));

    /// <summary>Runs to the end.</summary>
    /// <param name="workers">Threads, at least 1.</param>
    /// <param name="cancellation">Stops within a question to a model; what is finished stays in the journal.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(int workers, CancellationToken cancellation)
    {
        int batches = (settings.Count + EvaluationPlan.BatchSize - 1) / EvaluationPlan.BatchSize;
        using IEvaluationModels first = open();
        foreach (EvaluationUnit unit in units.Where(unit => unit.RunsAlone))
            Measure(unit, 0, first, cancellation);
        new BatchWorkers(first, open).Run(workers, batches, MeasureAll, cancellation);

        void MeasureAll(int batch, IEvaluationModels models, CancellationToken stop)
        {
            foreach (EvaluationUnit unit in units.Where(unit => !unit.RunsAlone && batch < unit.Batches(settings.Count)))
                Measure(unit, batch, models, stop);
        }
    }

    private void Measure(EvaluationUnit unit, int batch, IEvaluationModels models, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (journal.Find(unit.Name, batch) is not null)
            return;
        Stopwatch watch = Stopwatch.StartNew();
        PictureBatch pictures = unit.Batch(set, settings.Count, batch);
        UnitContext context = new(settings, models, pictures, unit.Name, batch, (defence, column) => Known(defence, column, batch), cancellation);
        BatchMeasurement measurement = unit.Measure(context) with { Batch = batch, Seconds = watch.Elapsed.TotalSeconds, Commit = Commit };
        journal.Add(measurement);
        Measured?.Invoke(measurement);
    }

    private BatchRow? Known(string defence, string column, int batch) =>
        journal.Find($"{column} {defence}", batch)?.Rows.FirstOrDefault(row => row.Defence == defence && row.Column == column);
}
