using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;

namespace Realtime.Filter.Purifiers;

/// <summary>What an ONNX file must be to serve as a purifier: one float32 picture batch in, one of the same shape out, for any batch.</summary>
internal static class PurifierContract
{
    private const string Expected = "expected one float32 input [N, 3, S, S] (S fixed, N free) and one float32 output of the same shape";

    /// <summary>Checks a loaded model, by its declaration and by running it on one and on two tiles.</summary>
    /// <returns>Tile size S.</returns>
    /// <exception cref="UserErrorException">The model is something else (<see cref="ExitCode.ModelRejected"/>).</exception>
    public static int Check(string path, InferenceSession session)
    {
        string found = $"found input {Describe(session.InputMetadata)} and output {Describe(session.OutputMetadata)}";
        if (session.InputMetadata.Count != 1 || session.OutputMetadata.Count != 1)
            throw Rejected(path, found);

        NodeMetadata input = session.InputMetadata.Values.First();
        NodeMetadata output = session.OutputMetadata.Values.First();
        if (!IsFloatTensor(input) || !IsFloatTensor(output))
            throw Rejected(path, found);

        int[] dimensions = input.Dimensions;
        if (dimensions.Length != 4 || dimensions[0] != -1 || dimensions[1] != 3 || dimensions[2] < 1 || dimensions[2] != dimensions[3])
            throw Rejected(path, found);
        if (output.Dimensions.Length != 4)
            throw Rejected(path, found);

        // An exporter may leave an output dimension open (-1) or give the batch a number of its own; the trial runs decide about those.
        int size = dimensions[2];
        for (int batch = 1; batch <= 2; batch++)
            TryOn(path, session, batch, size, found);
        return size;
    }

    private static void TryOn(string path, InferenceSession session, int batch, int size, string found)
    {
        long[] shape = [batch, 3, size, size];
        using OrtValue tiles = OrtValue.CreateTensorValueFromMemory(new float[batch * 3 * size * size], shape);
        using RunOptions run = new();
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, session.InputNames, [tiles], session.OutputNames);
            long[] given = results[0].GetTensorTypeAndShape().Shape;
            if (!given.SequenceEqual(shape))
                throw Rejected(path, $"{found}; a batch [{string.Join(", ", shape)}] came back as [{string.Join(", ", given)}]");
        }
        catch (OnnxRuntimeException error)
        {
            throw Rejected(path, $"{found}; a run on a batch of {batch} failed: {OnnxSessions.FirstLine(error)}", error);
        }
    }

    private static UserErrorException Rejected(string path, string found, Exception? inner = null) =>
        new(ExitCode.ModelRejected, $"model '{path}' is not a purifier: {Expected}, {found}.", inner);

    private static bool IsFloatTensor(NodeMetadata node) => node.IsTensor && node.ElementDataType == TensorElementType.Float;

    private static string Describe(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        nodes.Count == 0 ? "none" : string.Join(" and ", nodes.Select(node => $"'{node.Key}' {Describe(node.Value)}"));

    /// <summary>Type and shape of a node, "float32 [N, 3, 32, 32]".</summary>
    internal static string Describe(NodeMetadata node)
    {
        if (!node.IsTensor)
            return node.OnnxValueType.ToString();
        string type = node.ElementDataType == TensorElementType.Float ? "float32" : node.ElementDataType.ToString().ToLowerInvariant();
        IEnumerable<string> sizes = node.Dimensions.Select((size, i) =>
            size >= 0 ? size.ToString(CultureInfo.InvariantCulture) : node.SymbolicDimensions[i] is { Length: > 0 } name ? name : "?");
        return $"{type} [{string.Join(", ", sizes)}]";
    }
}
