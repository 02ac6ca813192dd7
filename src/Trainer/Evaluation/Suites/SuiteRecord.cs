namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>One cell of a suite's result, as CSV and JSON have it.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Row">The words of the row's key, with "; " between.</param>
/// <param name="Value">Head of the column.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Theirs">The paper's figure as printed; null for a row of ours.</param>
/// <param name="Ours">Our figure; null where there is none.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="NotRun">Why there is none.</param>
public sealed record SuiteRecord(string Table, string Row, string Value, string Unit, string? Theirs, double? Ours, double? Low, double? High, string? NotRun)
{
    /// <summary>Every cell of a result, row by row.</summary>
    public static IEnumerable<SuiteRecord> Of(SuiteResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        foreach (SuiteTable table in result.Suite.Tables)
        {
            foreach (SuiteRow row in table.Rows)
            {
                for (int i = 0; i < table.Values.Count; i++)
                {
                    SuiteFigure? figure = result.Figure(row, i);
                    yield return new SuiteRecord(
                        table.Table, string.Join("; ", row.Key), table.Values[i].Name, table.Values[i].Unit, row.Theirs?[i], figure?.Value, figure?.Low, figure?.High, result.Reason(row, i));
                }
            }
        }
    }
}
