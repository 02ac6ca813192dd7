namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>A figure that a suite needs.</summary>
/// <param name="Setting">The evaluation that gives it.</param>
/// <param name="Defence">A defence, or "none".</param>
/// <param name="Column">One of <see cref="EvaluationColumns"/>.</param>
public sealed record SuiteNeed(SuiteSetting Setting, string Defence, string Column)
{
    /// <summary>What a cell of a row needs; null for an average or an empty cell.</summary>
    public static SuiteNeed? Of(SuiteMeasurement common, SuiteOurs ours, string? cell)
    {
        ArgumentNullException.ThrowIfNull(common);
        ArgumentNullException.ThrowIfNull(ours);
        if (cell is null || SuiteCell.Parse(cell) is not { Quantity: not SuiteQuantity.Average } parsed)
            return null;
        SuiteSetting setting = new(ours.Data ?? common.Data, ours.Classifier ?? common.Classifier, ours.Corruption, parsed.Norm ?? common.Norm, parsed.Eps ?? common.Eps);
        return new SuiteNeed(setting, ours.Defence, parsed.Column);
    }

    /// <summary>All that a suite needs, each once.</summary>
    public static IReadOnlyList<SuiteNeed> Of(PaperSuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return [.. suite.Tables.SelectMany(table => table.Rows).Where(row => row.Ours is not null)
            .SelectMany(row => row.Ours!.Cells.Select(cell => Of(suite.Measurement!, row.Ours, cell))).OfType<SuiteNeed>().Distinct()];
    }
}
