using System.Security.Cryptography;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Training;

namespace Realtime.Trainer.Export;

/// <summary>What a file says of the model in it besides its weights: the source of an exported model's metadata and card.</summary>
/// <param name="Kind">purifier or classifier.</param>
/// <param name="Architecture">JSON, enough to rebuild the net.</param>
/// <param name="Labels">Names of the classes, comma-separated; empty for a purifier.</param>
/// <param name="Recipe">How it was trained, or which exported file it was.</param>
/// <param name="Result">The last measurement of its training.</param>
public sealed record ExportFacts(string Kind, string Architecture, string Labels, string Recipe, string Result)
{
    /// <summary>Reads a training run's weights file or an exported ONNX file.</summary>
    /// <exception cref="Filter.Errors.UserErrorException">The file is missing or broken.</exception>
    public static ExportFacts Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.EndsWith(Weights.Ending, StringComparison.Ordinal))
            return Of(Safetensors.ReadMetadata(path), "", "unknown");
        OnnxModel model = OnnxReader.Read(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        string file = $"{Path.GetFileName(path)} (sha256 {hash})";
        return Of(model.Metadata, "realtime.", ModelCard.RecipeOf(path) is string recipe ? $"{recipe} exported as {file}" : file);
    }

    private static ExportFacts Of(IReadOnlyDictionary<string, string> entries, string prefix, string recipe)
    {
        string Entry(string name, string otherwise) => entries.GetValueOrDefault(prefix + name, otherwise);
        return new(Entry("kind", "checkpoint"), Entry("architecture", ""), Entry("labels", ""), Entry("recipe", recipe), Entry("result", "none"));
    }
}
