using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Classifiers;

/// <summary>Classifiers of others as ONNX files, which answer with the mean of each channel they are fed; in a folder that is removed at the end of the test.</summary>
internal sealed class ForeignModels : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("realtime-foreign-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>[N, 3, H, W] to [N, 3].</summary>
    public string Nchw(OnnxDimension? batch = null, OnnxDimension? height = null, OnnxDimension? width = null, params (string Key, string Value)[] metadata) =>
        Write([batch ?? OnnxDimension.Batch, 3, height ?? 5, width ?? 7], [batch ?? OnnxDimension.Batch, 3], (g, x) => g.Flatten(Mean(g, x)), metadata);

    /// <summary>[N, H, W, 3] to [N, 3].</summary>
    public string Nhwc() =>
        Write([OnnxDimension.Batch, 5, 7, 3], [OnnxDimension.Batch, 3], (g, x) => g.Flatten(Mean(g, g.Node("Transpose", [x], OnnxAttribute.Of("perm", [0L, 3, 1, 2])))));

    /// <summary>Answers with probabilities, [N, 3, 1, 1].</summary>
    public string Probable() =>
        Write([OnnxDimension.Batch, 3, 5, 7], [OnnxDimension.Batch, 3, 1, 1], (g, x) => g.Node("Softmax", [Mean(g, x)], OnnxAttribute.Of("axis", 1)));

    public string Write(OnnxDimension[] inputShape, OnnxDimension[] outputShape, Func<OnnxGraphBuilder, string, string> body, params (string Key, string Value)[] metadata)
    {
        OnnxGraphBuilder graph = new("foreign");
        graph.Output(body(graph, graph.Input("data", inputShape)), "scores", outputShape);
        OnnxModel model = graph.Build();
        foreach ((string key, string value) in metadata)
            model.Metadata[key] = value;
        OnnxWriter.Write(model, PathOf("foreign.onnx"));
        return PathOf("foreign.onnx");
    }

    public string Labels(string text)
    {
        File.WriteAllText(PathOf("labels.txt"), text);
        return PathOf("labels.txt");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Mean(OnnxGraphBuilder g, string x) => g.Node("GlobalAveragePool", [x]);
}
