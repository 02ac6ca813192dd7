using System.Text;

namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>A suite's tables in Markdown: under every head the paper's figure and ours.</summary>
/// <param name="result">The suite with its figures.</param>
public sealed class SuiteMarkdown(SuiteResult result)
{
    private readonly StringBuilder text = new();
    private readonly List<string> reasons = [];

    /// <summary>The whole page.</summary>
    /// <param name="command">The line that reruns it; null where nothing is measured.</param>
    public string Render(string? command)
    {
        PaperSuite suite = result.Suite;
        text.Clear();
        reasons.Clear();
        Line($"# {suite.Name}");
        Line();
        Line($"{suite.Paper}. Under each head the paper's figure stands left and ours right, with its 95 % interval (Wilson).");
        Line();
        foreach (SuiteTable table in suite.Tables)
            Table(table);
        foreach ((string reason, int number) in reasons.Select((reason, i) => (reason, i + 1)))
            Line($"- not run ({number}): {reason}.");
        if (reasons.Count > 0)
            Line();
        if (suite.Differences.Count > 0)
            Line("Differences in setting: " + string.Join(' ', suite.Differences));
        if (suite.Measurement is SuiteMeasurement common)
            Line($"Ours: the first {common.Count:N0} pictures of {common.Data}, classifier `{common.Classifier}`, {common.Norm} {common.Eps} unless said otherwise.");
        if (command is not null)
        {
            Line();
            Line($"    {command}");
        }

        return text.ToString();
    }

    private void Table(SuiteTable table)
    {
        Line($"## {table.Table}: {table.Title}");
        Line();
        Line($"Threat model: {table.ThreatModel}");
        Line();
        bool hasTheirs = table.Rows.Any(row => row.Theirs is not null);
        IEnumerable<string> heads = table.Values.Select(value => value.Unit.Length > 0 ? $"{value.Name}, {value.Unit}" : value.Name);
        Line($"| {string.Join(" | ", table.Keys.Concat(heads.SelectMany(head => hasTheirs ? (string[])[head, "ours"] : [$"{head} (ours)"])))} |");
        Line("|" + string.Concat(Enumerable.Repeat("---|", table.Keys.Count + (table.Values.Count * (hasTheirs ? 2 : 1)))));
        foreach (SuiteRow row in table.Rows)
        {
            IEnumerable<string> cells = Enumerable.Range(0, table.Values.Count).SelectMany(value => hasTheirs ? (string[])[row.Theirs?[value] ?? "", Ours(row, value)] : [Ours(row, value)]);
            Line($"| {string.Join(" | ", row.Key.Concat(cells))} |");
        }

        Line();
        foreach (string note in table.Notes ?? [])
            Line($"Note: {note}");
        if (table.Notes is not null)
            Line();
    }

    /// <summary>Our figure, or the number of the reason why there is none.</summary>
    private string Ours(SuiteRow row, int value)
    {
        if (result.Reason(row, value) is not string reason)
            return result.Figure(row, value)!.Value.ToString();
        if (!reasons.Contains(reason))
            reasons.Add(reason);
        return $"not run ({reasons.IndexOf(reason) + 1})";
    }

    private void Line(string line = "") => text.Append(line).Append('\n');
}
