using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Purifiers;

/// <summary>ONNX files of a few nodes, written into a folder that is removed at the end of the test.</summary>
internal sealed class TinyModels : IDisposable
{
    private static readonly OnnxDimension[] Tiles = [OnnxDimension.Batch, 3, 32, 32];

    public TinyModels()
    {
        Folder = Directory.CreateTempSubdirectory("realtime-models-").FullName;
    }

    public string Folder { get; }

    /// <summary>Gives back what it gets.</summary>
    public string Identity() => Write("identity", Tiles, Tiles, (graph, x) => x);

    /// <summary>1 - x.</summary>
    public string Invert() => Write("invert", Tiles, Tiles, (graph, x) => graph.Sub(graph.Constant(1), x));

    /// <summary>x / 2: needs rounding.</summary>
    public string Halve() => Write("halve", Tiles, Tiles, (graph, x) => graph.Mul(x, graph.Constant(0.5f)));

    /// <summary>x and noise.</summary>
    public string Noise() => Write("noise", Tiles, Tiles, (graph, x) => graph.Add(x, graph.Node("RandomNormalLike", [x], OnnxAttribute.Of("scale", 0.1f))));

    /// <summary>A tile whose mean red is above one half stays, others become black.</summary>
    public string BlackBelowHalf() => Write("threshold", Tiles, Tiles, (graph, x) =>
    {
        string red = graph.Node("GlobalAveragePool", [graph.Slice(x, 1, 0, 1)]);
        string bright = graph.Node("Cast", [graph.Node("Greater", [red, graph.Constant(0.5f)])], OnnxAttribute.Of("to", 1));
        return graph.Mul(x, bright);
    });

    /// <summary>0 / 0 in every pixel.</summary>
    public string NotANumber() => Write("nan", Tiles, Tiles, (graph, x) => graph.Div(graph.Sub(x, x), graph.Sub(x, x)));

    /// <summary>Black, whatever comes in.</summary>
    public string Black() => Write("black", Tiles, Tiles, (graph, x) => graph.Mul(x, graph.Constant(0)));

    /// <summary>A classifier: [N, 3, 32, 32] to [N, 3072].</summary>
    public string Classifier() => Write("classifier", Tiles, [OnnxDimension.Batch, 3072], (graph, x) => graph.Flatten(x));

    /// <summary>Takes one tile a run only.</summary>
    public string FixedBatch() => Write("fixed", [1, 3, 32, 32], [1, 3, 32, 32], (graph, x) => x);

    /// <summary>Not square.</summary>
    public string Oblong() => Write("oblong", [OnnxDimension.Batch, 3, 32, 16], [OnnxDimension.Batch, 3, 32, 16], (graph, x) => x);

    /// <summary>Declares a free batch, but works for one tile only.</summary>
    public string SecretlyFixedBatch() =>
        Write("secret", Tiles, Tiles, (graph, x) => graph.Add(x, graph.Reshape(graph.Slice(x, 1, 0, 3), 1, 3, 32, 32)));

    /// <summary>Takes some milliseconds a tile and gives back what it gets.</summary>
    public string Slow() => Write("slow", Tiles, Tiles, (graph, x) =>
    {
        string weight = graph.Initializer("weight", new float[256 * 3 * 9 * 9], 256, 3, 9, 9);
        string wide = graph.Conv(x, weight, padding: 4);
        return graph.Add(x, graph.Slice(wide, 1, 0, 3));
    });

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string Write(string name, OnnxDimension[] inputShape, OnnxDimension[] outputShape, Func<OnnxGraphBuilder, string, string> body)
    {
        OnnxGraphBuilder graph = new(name);
        string input = graph.Input("picture", inputShape);
        graph.Output(body(graph, input), "purified", outputShape);
        string path = Path.Combine(Folder, name + ".onnx");
        OnnxModel model = graph.Build();
        model.Metadata["realtime.kind"] = "purifier";
        OnnxWriter.Write(model, path);
        return path;
    }
}
