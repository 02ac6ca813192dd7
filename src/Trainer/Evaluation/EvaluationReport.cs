using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Realtime.Trainer.Evaluation;

/// <summary>An evaluation as a table for people and as JSON for programs.</summary>
/// <param name="Command">The command line that reruns it.</param>
/// <param name="Data">The picture set.</param>
/// <param name="Classifier">The classifier.</param>
/// <param name="Seed">Seed of the random starts.</param>
/// <param name="Rows">What was measured.</param>
public sealed record EvaluationReport(string Command, string Data, string Classifier, int Seed, IReadOnlyList<EvaluationRow> Rows)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The table, in Markdown.</summary>
    public string ToTable()
    {
        StringBuilder text = new();
        text.AppendLine("| defence | attack | attacker knows | accuracy [95 % interval] | PSNR dB | seconds |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (EvaluationRow row in Rows)
        {
            string psnr = double.IsNaN(row.Psnr) ? "-" : row.Psnr.ToString("0.00", CultureInfo.InvariantCulture);
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Defence} | {row.Attack} | {row.AttackerKnows} | {row.Accuracy} | {psnr} | {row.Seconds:0} |");
        }

        return text.ToString();
    }

    /// <summary>Writes the JSON under a temporary name and renames it.</summary>
    public void Write(string path)
    {
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full + ".tmp", JsonSerializer.Serialize(this, Indented) + "\n");
        File.Move(full + ".tmp", full, overwrite: true);
    }
}
