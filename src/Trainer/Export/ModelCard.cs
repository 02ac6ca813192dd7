using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Trainer.Export;

/// <summary>Writes the facts of an exported model as Markdown, between two markers; what people write around them is kept on the next export.</summary>
public static class ModelCard
{
    private const string Begin = "<!-- facts: written by ./realtime export -->";
    private const string End = "<!-- end of facts -->";

    /// <summary>Writes or renews the facts in <paramref name="cardPath"/>.</summary>
    /// <param name="cardPath">The card, NAME.md beside the model.</param>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="model">Its content.</param>
    /// <param name="facts">Recipe and result of the training run.</param>
    /// <param name="parity">Largest difference to torch.</param>
    public static void Write(string cardPath, string modelPath, OnnxModel model, IReadOnlyDictionary<string, string> facts, double parity)
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
        Row("recipe", $"`{facts.GetValueOrDefault("recipe", "unknown")}`");
        Row("last measurement of the run", facts.GetValueOrDefault("result", "none"));
        Row("commit", model.Metadata["realtime.commit"]);
        Row("opset", model.Opset.ToString(CultureInfo.InvariantCulture));
        Row("largest difference to torch", parity.ToString("0.0e+0", CultureInfo.InvariantCulture));
        text.Append(End);

        string before = $"# {Path.GetFileNameWithoutExtension(modelPath)}\n\n";
        string after = "\n";
        if (File.Exists(cardPath))
        {
            string old = File.ReadAllText(cardPath);
            (int begin, int end) = (old.IndexOf(Begin, StringComparison.Ordinal), old.IndexOf(End, StringComparison.Ordinal));
            if (begin >= 0 && end > begin)
                (before, after) = (old[..begin], old[(end + End.Length)..]);
        }

        File.WriteAllText(cardPath, before + text + after);

        void Row(string name, string value) => text.AppendLine($"| {name} | {value} |");
    }
}
