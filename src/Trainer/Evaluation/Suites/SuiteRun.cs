using Realtime.Filter.Errors;

namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>Measures what suites need, a figure that several need once. Each evaluation has a folder of its own, so that the run goes on after an interruption.</summary>
/// <param name="suites">The suites.</param>
/// <param name="options">What the user chooses.</param>
/// <param name="evaluate">Runs an evaluation in a folder.</param>
public sealed class SuiteRun(IReadOnlyList<PaperSuite> suites, SuiteOptions options, Func<EvaluationSettings, string, EvaluationReport> evaluate)
{
    /// <summary>Measures.</summary>
    /// <param name="folder">Of the evaluations.</param>
    /// <returns>A result for each suite.</returns>
    /// <exception cref="UserErrorException">Something that is needed was not given, or an evaluation fails.</exception>
    public IReadOnlyList<SuiteResult> Measure(string folder)
    {
        Dictionary<SuiteNeed, ColumnFigure> measured = [];
        SuiteNeed[] needs = [.. suites.SelectMany(SuiteNeed.Of).Distinct()];
        foreach (SuiteEvaluation evaluation in SuiteEvaluation.Of(needs))
        {
            EvaluationReport report = evaluate(evaluation.Settings(options, Count, DataOf(evaluation.Setting)), Path.Combine(folder, evaluation.Folder(options, Count)));
            foreach (SuiteNeed need in needs.Where(need => need.Setting == evaluation.Setting))
            {
                if (report.Find(need.Defence, need.Column) is ColumnFigure figure)
                    measured.TryAdd(need, figure);
            }
        }

        return [.. suites.Select(suite => new SuiteResult(suite with { Measurement = suite.Measurement is SuiteMeasurement common ? common with { Count = Count } : null }, measured))];
    }

    private int Count => options.Count ?? suites.Select(suite => suite.Measurement?.Count ?? 0).Max();

    private string DataOf(SuiteSetting setting) => setting.Data == "solids"
        ? setting.Data
        : options.Data ?? throw new UserErrorException(ExitCode.Usage, $"--suite {string.Join(',', suites.Select(suite => suite.Name))} needs --data with the folder of {setting.Data}'s files.");
}
