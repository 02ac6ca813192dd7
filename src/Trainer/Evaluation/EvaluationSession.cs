using Realtime.Filter.Defences;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;

namespace Realtime.Trainer.Evaluation;

/// <summary>An evaluation from its settings to its files: checks, journal, workers, report.</summary>
/// <param name="settings">What to measure.</param>
/// <param name="set">The pictures.</param>
/// <param name="open">Makes a worker's models.</param>
/// <param name="labels">The classifier's class names.</param>
public sealed class EvaluationSession(EvaluationSettings settings, IPictureSet set, Func<IEvaluationModels> open, IReadOnlyList<string> labels)
{
    /// <summary>What else must agree for a journal to go on: hashes, by name.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints { get; init; } = new Dictionary<string, string>();

    /// <summary>What is not measured, and why.</summary>
    public IReadOnlyList<string> NotRun { get; init; } = [];

    /// <summary>Settings and fingerprints, as the journal and the report have them.</summary>
    public IReadOnlyDictionary<string, string> Header => settings.ToFlags().Concat(Fingerprints).ToDictionary();

    /// <summary>Measures what the folder's journal does not have yet, and writes the report.</summary>
    /// <param name="folder">Made if missing.</param>
    /// <param name="command">The line that reruns it.</param>
    /// <param name="made">With what.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="cancellation">Stops; the folder stays good to go on.</param>
    /// <returns>The report and the files written.</returns>
    /// <exception cref="UserErrorException">Something does not fit, or the folder was begun with other settings.</exception>
    public (EvaluationReport Report, IReadOnlyList<string> Files) Run(string folder, string command, Provenance made, int workers, CancellationToken cancellation)
    {
        IReadOnlyList<DefenceFacts> facts = Check();
        IReadOnlyList<EvaluationUnit> units = EvaluationPlan.Units(settings, name => facts.First(fact => fact.Name == name).IsStochastic);
        using EvaluationJournal journal = EvaluationJournal.Open(folder, Header);
        EvaluationProgress? progress = null;
        EvaluationRun run = new(settings, set, units, open, journal) { Commit = made.Commit, Measured = measurement => progress!.Add(measurement) };
        progress = new EvaluationProgress(run.Work, journal, workers);
        try
        {
            run.Run(workers, cancellation);
        }
        catch (OperationCanceledException)
        {
            EvaluationProgress.Clear();
            Console.Error.WriteLine($"realtime: {run.Work.Count(work => journal.Find(work.Unit.Name, work.Batch) is not null)} of {run.Work.Count()} measurements are kept in {folder}. The same command goes on: {command}");
            throw;
        }

        EvaluationProgress.Clear();
        EvaluationFigures figures = new(settings, journal.InOrder([.. units.Select(unit => unit.Name)]));
        EvaluationReport report = Report(figures, facts, command, made with { Commit = string.Join(", ", figures.Commits) });
        return (report, [.. new ReportFiles(folder).Write(report, figures, set), .. new ReportPlots(report, settings).Write(folder)]);
    }

    private IReadOnlyList<DefenceFacts> Check()
    {
        using IEvaluationModels models = open();
        EvaluationChecks.Run(settings, set, models, labels);
        return [.. settings.Defences.Select(name => new DefenceFacts(name, models.Defence(name)))];
    }

    private EvaluationReport Report(EvaluationFigures figures, IReadOnlyList<DefenceFacts> facts, string command, Provenance made)
    {
        DefenceFigure[] defences =
        [
            figures.Defence(BatchRow.Undefended, "exact", isStochastic: false),
            .. facts.Select(fact => figures.Defence(fact.Name, fact.Gradient, fact.IsStochastic)),
        ];
        return new EvaluationReport(command, set.Name, Header, made, defences, figures.All(), NotRun, figures.Tally, MaskingWarnings.Of(settings, figures, defences));
    }

    private sealed record DefenceFacts(string Name, string Gradient, bool IsStochastic)
    {
        public DefenceFacts(string name, IDefence defence)
            : this(name, defence.GradientKind, defence.IsStochastic)
        {
        }
    }
}
