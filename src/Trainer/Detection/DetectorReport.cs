using System.Text.Json;
using System.Text.Json.Serialization;
using Realtime.Filter.Detection;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Detection;

/// <summary>A calibration with its figures, as it is written.</summary>
/// <param name="Command">The line that makes it again.</param>
/// <param name="Data">Name of the picture set.</param>
/// <param name="Count">Pictures of it; half of them are fitted on, the figures are of the others.</param>
/// <param name="PicturesSha256">Of the pictures and their labels.</param>
/// <param name="Made">With what it was computed.</param>
/// <param name="Calibration">What it is about.</param>
/// <param name="Rows">What the alarm makes of every kind of picture.</param>
/// <param name="FalseAlarms">What that means an hour.</param>
public sealed record DetectorReport(
    string Command, string Data, int Count, string PicturesSha256, Provenance Made, AlarmCalibration Calibration, IReadOnlyList<DetectorRow> Rows, IReadOnlyList<FalseAlarms> FalseAlarms)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Indented) + "\n";

    /// <summary>Reads what <see cref="ToJson"/> made.</summary>
    public static DetectorReport FromJson(string json) => JsonSerializer.Deserialize<DetectorReport>(json, Indented)!;
}
