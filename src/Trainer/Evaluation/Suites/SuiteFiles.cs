using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Realtime.Filter.Errors;

namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>Writes a suite's result into a folder as suite.md, suite.csv and suite.json, each whole or not at all.</summary>
/// <param name="folder">Made if missing.</param>
public sealed class SuiteFiles(string folder)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,      // for readers; it is no part of a web page
    };

    /// <summary>Writes the files.</summary>
    /// <param name="result">The result.</param>
    /// <param name="command">The line that reruns it.</param>
    /// <returns>The paths.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public IReadOnlyList<string> Write(SuiteResult result, string command)
    {
        ArgumentNullException.ThrowIfNull(result);
        SuiteRecord[] cells = [.. SuiteRecord.Of(result)];
        try
        {
            Directory.CreateDirectory(folder);
            return
            [
                WholeFile.Write(folder, "suite.md", new SuiteMarkdown(result).Render(command)),
                WholeFile.Write(folder, "suite.csv", Table(cells)),
                WholeFile.Write(folder, "suite.json", JsonSerializer.Serialize(new { result.Suite.Name, result.Suite.Paper, command, result.Suite.Measurement, result.Suite.Differences, cells }, Indented) + "\n"),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"{folder}: the suite's tables cannot be written: {error.Message} Give another folder with -o.", error);
        }
    }

    internal static string Table(IEnumerable<SuiteRecord> cells)
    {
        StringBuilder csv = new("table,row,value,unit,theirs,ours,low,high,not run\n");
        foreach (SuiteRecord cell in cells)
            Csv.Append(csv, cell.Table, cell.Row, cell.Value, cell.Unit, cell.Theirs, cell.Ours, cell.Low, cell.High, cell.NotRun);
        return csv.ToString();
    }
}
