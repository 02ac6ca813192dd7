using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Realtime.Filter.Detection;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Export;

/// <summary>Writes the facts of a model as Markdown, between two markers; what stands around them is kept the next time.</summary>
public static class ModelCard
{
    private const string Begin = "<!-- facts: written by ./realtime export -->";
    private const string End = "<!-- end of facts -->";

    /// <summary>Writes or renews the facts in <paramref name="cardPath"/>.</summary>
    /// <param name="cardPath">The card, NAME.md beside the model.</param>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="model">Its content.</param>
    /// <param name="facts">Recipe and result of the training run.</param>
    /// <param name="agreement">With what the file was compared, and what came out.</param>
    public static void Write(string cardPath, string modelPath, OnnxModel model, ExportFacts facts, (string With, string Found) agreement)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(facts);
        byte[] bytes = File.ReadAllBytes(modelPath);
        StringBuilder text = new();
        text.AppendLine(Begin);
        text.AppendLine("| fact | value |").AppendLine("|---|---|");
        Row("file", $"`{Path.GetFileName(modelPath)}`, {bytes.Length / 1e6:0.00} MB, sha256 `{Convert.ToHexStringLower(SHA256.HashData(bytes))}`");
        Row("kind", model.Metadata["realtime.kind"]);
        Row("input", string.Join("; ", model.Graph.Inputs.Select(i => $"`{i.Name}` [{string.Join(", ", i.Dimensions!)}]")) + ", RGB in [0, 1]");
        Row("output", string.Join("; ", model.Graph.Outputs.Select(o => $"`{o.Name}` [{string.Join(", ", o.Dimensions!)}]")));
        Row("weights", model.Graph.Initializers.Sum(i => i.ElementCount).ToString("N0", CultureInfo.InvariantCulture));
        Row("architecture", $"`{model.Metadata["realtime.architecture"]}`");
        if (model.Metadata.TryGetValue(ImpureExporter.InUseKey, out string? inUse))
            Row("in use", inUse);
        Row("recipe", $"`{facts.Recipe}`");
        Row("last measurement of the run", facts.Result);
        Row("commit", model.Metadata["realtime.commit"]);
        Row("opset", model.Opset.ToString(CultureInfo.InvariantCulture));
        Row(agreement.With, agreement.Found);
        text.Append(End);

        WriteSection(cardPath, Path.GetFileNameWithoutExtension(modelPath), Begin, End, text.ToString());

        void Row(string name, string value) => text.AppendLine($"| {name} | {value} |");
    }

    /// <summary>The recipe in the card beside a model; null where there is no card, or none in it.</summary>
    public static string? RecipeOf(string modelPath)
    {
        string card = Path.ChangeExtension(modelPath, ".md");
        Match row = File.Exists(card) ? Regex.Match(File.ReadAllText(card), @"^\| recipe \| `(.*)` \|$", RegexOptions.Multiline) : Match.Empty;
        return row.Success ? row.Groups[1].Value : null;
    }

    /// <summary>Writes or renews the section of <paramref name="cardPath"/> about the alarm before a classifier; all else is kept.</summary>
    /// <param name="cardPath">The purifier's card.</param>
    /// <param name="models">Purifier and classifier.</param>
    /// <param name="content">The section.</param>
    public static void WriteAlarm(string cardPath, AlarmModels models, string content)
    {
        ArgumentNullException.ThrowIfNull(models);
        string begin = $"<!-- alarm before {models.Classifier}: written by ./realtime calibrate -->", end = $"<!-- end of alarm before {models.Classifier} -->";
        WriteSection(cardPath, models.Purifier, begin, end, $"{begin}\n{content}\n{end}");
    }

    /// <summary>Replaces what stands between two markers; where they are missing, the section is appended, or begins a new card.</summary>
    private static void WriteSection(string cardPath, string name, string begin, string end, string section)
    {
        string old = File.Exists(cardPath) ? File.ReadAllText(cardPath) : "";
        (int from, int to) = (old.IndexOf(begin, StringComparison.Ordinal), old.IndexOf(end, StringComparison.Ordinal));
        string whole = from >= 0 && to > from ? old[..from] + section + old[(to + end.Length)..]
            : old.Length > 0 ? $"{old.TrimEnd('\n')}\n\n{section}\n"
            : $"# {name}\n\n{section}\n";
        WholeFile.Write(Path.GetDirectoryName(Path.GetFullPath(cardPath))!, Path.GetFileName(cardPath), whole);
    }
}
