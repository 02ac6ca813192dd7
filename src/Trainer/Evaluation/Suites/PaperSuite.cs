namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>Tables of a paper, figure for figure, with what of them is measured here: one of the files in Evaluation/Suites.</summary>
/// <param name="Name">What --suite names.</param>
/// <param name="Paper">Title and number.</param>
/// <param name="Tables">In the paper's order.</param>
/// <param name="Differences">How our setting differs from the paper's.</param>
/// <param name="Measurement">What is the same for all our rows; null where none is measured.</param>
public sealed record PaperSuite(string Name, string Paper, IReadOnlyList<SuiteTable> Tables, IReadOnlyList<string> Differences, SuiteMeasurement? Measurement = null);
