using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Gradients;

/// <summary>Small seeded classifiers made with the graph builder.</summary>
internal sealed class SmallNets(int seed)
{
    private readonly Random random = new(seed);

    public OnnxGraphBuilder G { get; } = new("small");

    /// <summary>picture -> body -> global mean -> logits.</summary>
    public static OnnxModel Classifier(int seed, int height, int width, int features, Func<SmallNets, string, string> body)
    {
        SmallNets net = new(seed);
        string x = body(net, net.G.Input("picture", OnnxDimension.Batch, 3, height, width));
        return net.Finish(net.G.Flatten(net.G.GlobalAveragePool(x)), features);
    }

    public static OnnxModel Residual(int seed, int height = 9, int width = 8) => Classifier(seed, height, width, 6, (net, x) =>
    {
        OnnxGraphBuilder g = net.G;
        string normal = g.Div(g.Sub(x, g.Initializer("mean", [0.49f, 0.48f, 0.45f], 1, 3, 1, 1)), g.Initializer("std", [0.25f, 0.24f, 0.26f], 1, 3, 1, 1));
        string stem = g.Relu(net.Conv(normal, "stem", 3, 4, 3, stride: 1, padding: 1));
        string main = net.Conv(g.Relu(net.Conv(stem, "conv1", 4, 6, 3, stride: 2, padding: 1)), "conv2", 6, 6, 3, stride: 1, padding: 1);
        return g.Relu(g.Add(main, net.Conv(stem, "shortcut", 4, 6, 1, stride: 2, padding: 0)));
    });

    public OnnxModel Finish(string features, int count)
    {
        G.Output(G.Gemm(features, Weight("fc.weight", 4, count), Weight("fc.bias", 4), transposeB: true), "logits", OnnxDimension.Batch, 4);
        OnnxModel model = G.Build();
        model.Metadata["realtime.kind"] = "classifier";
        model.Metadata["realtime.labels"] = "a,b,c,d";
        return model;
    }

    public string Conv(string x, string name, int inputs, int outputs, int kernel, int stride, int padding, int group = 1) =>
        G.Conv(x, Weight($"{name}.weight", outputs, inputs / group, kernel, kernel), Weight($"{name}.bias", outputs), stride, padding, group);

    public string Weight(string name, params long[] shape)
    {
        float scale = 2.5f / MathF.Sqrt(shape.Skip(1).Aggregate(1L, (a, b) => a * b));
        float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => ((2 * random.NextSingle()) - 1) * scale)];
        return G.Initializer(name, values, shape);
    }

    public string Positive(string name, params long[] shape) =>
        G.Initializer(name, [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => 0.5f + random.NextSingle())], shape);
}
