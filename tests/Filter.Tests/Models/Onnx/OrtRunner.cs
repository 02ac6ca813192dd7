using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Models.Onnx;

/// <summary>Runs a built model in ONNX Runtime.</summary>
internal static class OrtRunner
{
    public static Dictionary<string, float[]> Run(OnnxModel model, params (string Name, Array Values, long[] Shape)[] inputs)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = new(OnnxWriter.ToBytes(model), options);
        using RunOptions run = new();
        Dictionary<string, OrtValue> feeds = [];
        foreach ((string name, Array values, long[] shape) in inputs)
        {
            feeds[name] = values is long[] integers
                ? OrtValue.CreateTensorValueFromMemory(integers, shape)
                : OrtValue.CreateTensorValueFromMemory((float[])values, shape);
        }

        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, feeds, session.OutputNames);
        Dictionary<string, float[]> found = [];
        for (int i = 0; i < results.Count; i++)
            found[session.OutputNames[i]] = results[i].GetTensorDataAsSpan<float>().ToArray();
        foreach (OrtValue feed in feeds.Values)
            feed.Dispose();
        return found;
    }

    /// <summary>Runs a graph of one input x and gives back its output y.</summary>
    public static float[] Apply(Func<OnnxGraphBuilder, string, string> build, float[] x, params long[] shape)
    {
        OnnxGraphBuilder builder = new();
        OnnxDimension[] dimensions = [OnnxDimension.Batch, .. shape.Skip(1).Select(size => (OnnxDimension)size)];
        string y = build(builder, builder.Input("x", dimensions));
        builder.Output(y, "y", OnnxDimension.Batch);
        OnnxModel model = builder.Build();

        // The rank of y differs from test to test; an output without a shape leaves it to the runtime.
        model.Graph.Outputs[0] = model.Graph.Outputs[0] with { Dimensions = null };
        return Run(model, ("x", x, shape))["y"];
    }
}
