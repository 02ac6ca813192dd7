namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>A row of a table: the paper's figures, ours, or the reason why there are none.</summary>
/// <param name="Key">One word for each of <see cref="SuiteTable.Keys"/>.</param>
/// <param name="Theirs">One for each of <see cref="SuiteTable.Values"/>, as printed ("-" where nothing is); null for a row that the paper does not have.</param>
/// <param name="Ours">What we measure; null where we do not.</param>
/// <param name="NotRun">Why we do not, and what it would need.</param>
public sealed record SuiteRow(IReadOnlyList<string> Key, IReadOnlyList<string>? Theirs = null, SuiteOurs? Ours = null, string? NotRun = null);
