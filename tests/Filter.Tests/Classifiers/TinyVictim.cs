using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Classifiers;

/// <summary>A linear classifier and its gradient graph as ONNX files, in a folder that is removed at the end of the test.</summary>
internal sealed class TinyVictim : IDisposable
{
    public const string Name = "tiny";

    private readonly OnnxDimension[] shape;
    private readonly int classes;

    /// <summary>The weight of class k lies on channel k; classes beyond the third have none.</summary>
    public TinyVictim(int width = 4, int height = 3, string labels = "red,green,blue", float scale = 8, int classes = 3)
    {
        this.classes = classes;
        (Width, Height) = (width, height);
        shape = [OnnxDimension.Batch, 3, height, width];
        int plane = width * height;
        Weights = new float[classes * 3 * plane];
        for (int k = 0; k < 3; k++)
            Weights.AsSpan((k * 3 * plane) + (k * plane), plane).Fill(scale / plane);

        OnnxGraphBuilder classifier = new(Name);
        classifier.Output(Logits(classifier), "logits", OnnxDimension.Batch, classes);
        Write(classifier, "classifier", labels, Path);
        Write(Gradient(), "gradient", labels, PathOf($"{Name}.gradient.onnx"));
    }

    public int Width { get; }

    public int Height { get; }

    public float[] Weights { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("realtime-victim-").FullName;

    public string Path => PathOf($"{Name}.onnx");

    public string PathOf(string name) => System.IO.Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Write(OnnxGraphBuilder graph, string kind, string labels, string path)
    {
        OnnxModel model = graph.Build();
        model.Metadata["realtime.kind"] = kind;
        if (labels.Length > 0)
            model.Metadata["realtime.labels"] = labels;
        OnnxWriter.Write(model, path);
    }

    private string Logits(OnnxGraphBuilder g) =>
        g.Gemm(g.Flatten(g.Input("picture", shape)), g.Initializer("fc.weight", Weights, classes, Weights.Length / classes), transposeB: true);

    private OnnxGraphBuilder Gradient()
    {
        OnnxGraphBuilder g = new($"{Name}.gradient");
        string logits = Logits(g), label = g.Input("label", OnnxElementType.Int64, OnnxDimension.Batch);
        string oneHot = g.Node("OneHot", [label, g.Indices(classes), g.Constant([0, 1], 2)]);
        string slope = g.Gemm(g.Sub(g.Softmax(logits), oneHot), "fc.weight");
        g.Output(logits, "logits", OnnxDimension.Batch, classes);
        g.Output(g.Neg(g.ReduceSum(g.Mul(g.LogSoftmax(logits), oneHot), keepDimensions: false, 1)), "loss", OnnxDimension.Batch);
        g.Output(g.Reshape(slope, -1, 3, Height, Width), "gradient", shape);
        return g;
    }
}
