using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Realtime.Filter.Errors;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Classifiers;

/// <summary>What an ONNX file must be to serve as a classifier.</summary>
internal static class ClassifierContract
{
    /// <summary>The metadata key of the comma-separated class names.</summary>
    public const string LabelsKey = "realtime.labels";

    /// <summary>Checks a classifier: one float32 input [N, 3, H, W], one float32 output [N, K]; the names are free.</summary>
    /// <exception cref="UserErrorException">The model is something else (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static PictureModel CheckClassifier(string path, InferenceSession session)
    {
        const string Expected = "a classifier: expected one float32 input [N, 3, H, W] (N free) and one float32 output [N, K]";
        NodeMetadata? picture = Only(session.InputMetadata), logits = Only(session.OutputMetadata);
        if (!IsPicture(picture) || !IsLogits(logits))
            throw Rejected(path, session, Expected);
        return Describe(path, session, picture!, logits!);
    }

    /// <summary>The only node of a kind; null where there are several or none.</summary>
    public static NodeMetadata? Only(IReadOnlyDictionary<string, NodeMetadata> nodes) => nodes.Count == 1 ? nodes.Values.First() : null;

    /// <summary>Whether a node is a tensor of a type and rank.</summary>
    public static bool Is(NodeMetadata? node, TensorElementType type, int rank) =>
        node is { IsTensor: true } && node.ElementDataType == type && node.Dimensions.Length == rank;

    /// <summary>Names for classes that have none: "class 0", "class 1".</summary>
    public static string[] Numbered(int classes) => [.. Enumerable.Range(0, classes).Select(i => FormattableString.Invariant($"class {i}"))];

    /// <summary>The error for a model of other inputs and outputs than <paramref name="expected"/>.</summary>
    public static UserErrorException Rejected(string path, InferenceSession session, string expected) => new(
        ExitCode.ModelRejected,
        $"model '{path}' is not {expected}; found {Describe(session.InputMetadata)} -> {Describe(session.OutputMetadata)}.");

    private static PictureModel Describe(string path, InferenceSession session, NodeMetadata picture, NodeMetadata logits)
    {
        int classes = logits.Dimensions[1];
        string[] labels = session.ModelMetadata.CustomMetadataMap.TryGetValue(LabelsKey, out string? text)
            ? text.Split(',', StringSplitOptions.TrimEntries)
            : Numbered(classes);
        if (labels.Length != classes)
            throw new UserErrorException(ExitCode.ModelRejected, $"model '{path}' names {labels.Length} classes in '{LabelsKey}' and has {classes} logits; export it again.");
        return new PictureModel(labels, picture.Dimensions[3], picture.Dimensions[2]);
    }

    private static bool IsPicture(NodeMetadata? node) =>
        Is(node, TensorElementType.Float, 4) && node!.Dimensions is [-1, 3, > 0, > 0];

    private static bool IsLogits(NodeMetadata? node) =>
        Is(node, TensorElementType.Float, 2) && node!.Dimensions[1] > 1;

    private static string Describe(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        string.Join(" and ", nodes.Select(node => $"'{node.Key}' {PurifierContract.Describe(node.Value)}"));
}
