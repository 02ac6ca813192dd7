namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>Head of a column with figures.</summary>
/// <param name="Name">The paper's word.</param>
/// <param name="Unit">"%", "dB" or nothing.</param>
public sealed record SuiteValue(string Name, string Unit);
