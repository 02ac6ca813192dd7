using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Classifiers;

/// <summary>A linear classifier as an ONNX file, in a folder that is removed at the end of the test.</summary>
internal sealed class TinyVictim : IDisposable
{
    public const string Name = "tiny";

    /// <summary>The weight of class k lies on channel k; classes beyond the third have none.</summary>
    public TinyVictim(int width = 4, int height = 3, string labels = "red,green,blue", float scale = 8, int classes = 3)
    {
        (Width, Height) = (width, height);
        int plane = width * height;
        Weights = new float[classes * 3 * plane];
        for (int k = 0; k < 3; k++)
            Weights.AsSpan((k * 3 * plane) + (k * plane), plane).Fill(scale / plane);

        OnnxGraphBuilder classifier = new(Name);
        string flat = classifier.Flatten(classifier.Input("picture", [OnnxDimension.Batch, 3, height, width]));
        classifier.Output(classifier.Gemm(flat, classifier.Initializer("fc.weight", Weights, classes, 3 * plane), transposeB: true), "logits", OnnxDimension.Batch, classes);
        OnnxModel model = classifier.Build();
        model.Metadata["realtime.kind"] = "classifier";
        if (labels.Length > 0)
            model.Metadata["realtime.labels"] = labels;
        OnnxWriter.Write(model, Path);
    }

    public int Width { get; }

    public int Height { get; }

    public float[] Weights { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("realtime-victim-").FullName;

    public string Path => PathOf($"{Name}.onnx");

    public string PathOf(string name) => System.IO.Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
