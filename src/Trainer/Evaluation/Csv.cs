using System.Globalization;
using System.Text;

namespace Realtime.Trainer.Evaluation;

/// <summary>Comma-separated values (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>Appends a line. Numbers are written with at most six decimals and a point; null is empty.</summary>
    public static void Append(StringBuilder csv, params IEnumerable<object?> values) => csv.AppendJoin(',', values.Select(Quoted)).Append('\n');

    private static string Quoted(object? value)
    {
        string text = value is double number ? number.ToString("0.######", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
