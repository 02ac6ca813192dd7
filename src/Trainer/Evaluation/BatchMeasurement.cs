using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>What a unit measured on a batch: a line of the journal.</summary>
/// <param name="Unit">The unit's name.</param>
/// <param name="Batch">Number of the batch, from 0.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Rows">A row for each defence and column.</param>
/// <param name="Counts">Single numbers by name, of the checks.</param>
/// <param name="Tally">AutoAttack's, where it ran.</param>
/// <param name="Commit">Of the program that measured; null in journals from before it was kept.</param>
public sealed record BatchMeasurement(
    string Unit, int Batch, double Seconds, IReadOnlyList<BatchRow> Rows, IReadOnlyDictionary<string, double>? Counts = null, AutoAttackTally? Tally = null, string? Commit = null);
