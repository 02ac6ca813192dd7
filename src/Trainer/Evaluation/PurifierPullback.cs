using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Gradients;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Trainer.Evaluation;

/// <summary>Carries gradients back through a purifier alone (vector-Jacobian product), on one core. Owns its session.</summary>
public sealed class PurifierPullback : IDisposable
{
    private const string Upstream = "upstream";

    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly string input;

    /// <summary>Derives the graph.</summary>
    /// <param name="path">A purifier's ONNX file.</param>
    /// <exception cref="Filter.Errors.UserErrorException">An operator has no gradient rule (model rejected).</exception>
    public PurifierPullback(string path)
    {
        OnnxModel purifier = OnnxReader.Read(path);
        input = purifier.Graph.Inputs[0].Name;
        OnnxGraph graph = purifier.Graph.Copy(outputs: []);
        graph.Name += ".pullback";
        OnnxGraphBuilder builder = new(graph);
        string upstream = builder.Input(Upstream, [.. purifier.Graph.Inputs[0].Dimensions!]);
        // As in the gradient of purifier and classifier together, a last limit to [0, 1] counts as the identity (DefendedModel.WithGradient says why).
        string purified = purifier.Graph.Outputs[0].Name;
        HashSet<string> limit = graph.FindMaker(purified) is { OpType: "Clip" } last ? [last.Outputs[0]] : [];
        string gradient = new GraphGradient(purifier, builder, limit).Append(purified, upstream);
        builder.Output(gradient, "gradient", [.. purifier.Graph.Inputs[0].Dimensions!]);
        session = OnnxSessions.Open(purifier.With(graph), path);
    }

    /// <summary>Carries one batch back.</summary>
    /// <param name="tiles">[count, 3, S, S] where the purifier stood.</param>
    /// <param name="upstream">[count, 3, S, S] d(loss)/d(purified).</param>
    /// <param name="result">[count, 3, S, S] receives d(loss)/d(tile).</param>
    /// <param name="count">Number of tiles.</param>
    /// <param name="size">Edge length S.</param>
    public void Run(Memory<float> tiles, Memory<float> upstream, Memory<float> result, int count, int size)
    {
        long[] shape = [count, 3, size, size];
        using OrtValue at = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, tiles, shape);
        using OrtValue from = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, upstream, shape);
        using OrtValue to = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, result, shape);
        session.Run(runOptions, [input, Upstream], [at, from], ["gradient"], [to]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        runOptions.Dispose();
        session.Dispose();
    }
}
