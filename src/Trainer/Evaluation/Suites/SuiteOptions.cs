namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>What the user chooses of a suite's run.</summary>
/// <param name="Data">Folder of CIFAR-10's binary files; null where the suite needs none.</param>
/// <param name="Count">Pictures instead of the suite's; null for the suite's.</param>
/// <param name="Steps">Steps of APGD.</param>
/// <param name="Seed">Of all chance.</param>
public sealed record SuiteOptions(string? Data, int? Count, int Steps, int Seed);
