namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>One table of a paper.</summary>
/// <param name="Table">Its number in the paper.</param>
/// <param name="Title">What it shows.</param>
/// <param name="ThreatModel">Norm, radius, and what the attacker knows.</param>
/// <param name="Keys">Heads of the columns that name a row.</param>
/// <param name="Values">Heads of the columns with figures.</param>
/// <param name="Rows">The paper's rows in its order, then ours that it does not have.</param>
/// <param name="Notes">Oddities of the paper's figures.</param>
public sealed record SuiteTable(
    string Table, string Title, string ThreatModel, IReadOnlyList<string> Keys, IReadOnlyList<SuiteValue> Values, IReadOnlyList<SuiteRow> Rows, IReadOnlyList<string>? Notes = null);
