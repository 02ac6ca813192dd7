using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Models;

/// <summary>What tests ask of a model before and after its operators were fused.</summary>
internal static class FusedModels
{
    private const int Tiles = 3;

    /// <summary>How many nodes of a type it has.</summary>
    public static int Count(OnnxModel model, string type) => model.Graph.Nodes.Count(node => node.OpType == type);

    /// <summary>What it makes of three tiles of 32 pixels, the same for each model.</summary>
    /// <param name="model">A purifier.</param>
    /// <param name="draw">Draws a sample of a tile, in [0, 1].</param>
    public static float[] Purify(OnnxModel model, Func<Random, float> draw)
    {
        Random random = new(1);
        float[] pictures = [.. Enumerable.Range(0, Tiles * 3 * 32 * 32).Select(_ => draw(random))];
        using InferenceSession session = OnnxSessions.Open(model, "the test's model");
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(pictures, [Tiles, 3, 32, 32]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, [session.InputMetadata.Keys.Single()], [input], [session.OutputMetadata.Keys.Single()]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
