using System.Text.Json;
using System.Text.Json.Serialization;
using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>An evaluation as it is written and printed.</summary>
/// <param name="Command">The line that reruns it.</param>
/// <param name="Data">Name of the picture set.</param>
/// <param name="Settings">By flag, with the hashes of what was read.</param>
/// <param name="Made">With what it was computed.</param>
/// <param name="Defences">Each defence as a whole, "none" first.</param>
/// <param name="Columns">Every figure.</param>
/// <param name="NotRun">What was not measured, and why.</param>
/// <param name="AutoAttack">Tally of column (a); null where it was not measured.</param>
/// <param name="Warnings">Signs of masked gradients.</param>
public sealed record EvaluationReport(
    string Command,
    string Data,
    IReadOnlyDictionary<string, string> Settings,
    Provenance Made,
    IReadOnlyList<DefenceFigure> Defences,
    IReadOnlyList<ColumnFigure> Columns,
    IReadOnlyList<string> NotRun,
    AutoAttackTally? AutoAttack,
    IReadOnlyList<string> Warnings)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The figure of a defence in a column; null where it was not measured.</summary>
    public ColumnFigure? Find(string defence, string column) => Columns.FirstOrDefault(figure => figure.Defence == defence && figure.Column == column);

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Indented) + "\n";

    /// <summary>Reads what <see cref="ToJson"/> made.</summary>
    public static EvaluationReport FromJson(string json) => JsonSerializer.Deserialize<EvaluationReport>(json, Indented)!;
}
