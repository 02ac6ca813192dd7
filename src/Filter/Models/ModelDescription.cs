using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Models;

/// <summary>What an ONNX file says about itself.</summary>
/// <param name="Kind">Metadata <c>realtime.kind</c> ("purifier", "classifier"), "unknown" where absent.</param>
/// <param name="Inputs">Names, types and shapes of the inputs.</param>
/// <param name="Outputs">Names, types and shapes of the outputs.</param>
/// <param name="Metadata">All custom metadata.</param>
public sealed record ModelDescription(string Kind, string Inputs, string Outputs, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The metadata key of <see cref="Kind"/>.</summary>
    public const string KindKey = "realtime.kind";

    /// <summary>Metadata entry of a model in 8 bits: what it was made of, and on which pictures its ranges were measured.</summary>
    public const string QuantizationKey = "realtime.quantization";

    /// <summary>Whether a model computes in 8 bits, as <c>./realtime quantize</c> writes it.</summary>
    public static bool IsQuantized(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Metadata.ContainsKey(QuantizationKey);
    }

    /// <summary>Reads a model file.</summary>
    /// <exception cref="UserErrorException">It is not an ONNX model (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static ModelDescription Read(string path)
    {
        using InferenceSession session = OnnxSessions.Open(path);
        Dictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        return new ModelDescription(
            metadata.GetValueOrDefault(KindKey, "unknown"),
            Describe(session.InputMetadata),
            Describe(session.OutputMetadata),
            metadata);
    }

    private static string Describe(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        string.Join(", ", nodes.Select(node => $"{node.Key} {PurifierContract.Describe(node.Value)}"));
}
