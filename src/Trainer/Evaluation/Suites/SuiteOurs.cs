namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>What we measure in the place of a row.</summary>
/// <param name="Defence">A defence, or "none".</param>
/// <param name="Cells">One for each of <see cref="SuiteTable.Values"/>: a <see cref="SuiteCell"/>, or null where it is not measured.</param>
/// <param name="Missing">Why cells are null.</param>
/// <param name="Data">Where it differs from the suite's.</param>
/// <param name="Classifier">Where it differs from the suite's.</param>
/// <param name="Corruption">What changes the pictures first; null for nothing.</param>
public sealed record SuiteOurs(string Defence, IReadOnlyList<string?> Cells, string? Missing = null, string? Data = null, string? Classifier = null, string? Corruption = null);
