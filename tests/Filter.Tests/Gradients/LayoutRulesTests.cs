using Realtime.Filter.Errors;
using Realtime.Filter.Gradients;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Gradients;

/// <summary>The rules that move, choose, pool and normalise elements, against finite differences.</summary>
public sealed class LayoutRulesTests
{
    public static TheoryData<string> Names => [.. Bodies.Keys];

    /// <summary>Each makes 6 channels of any size from [N, 6, 6, 6].</summary>
    private static Dictionary<string, Func<SmallNets, string, string>> Bodies { get; } = new()
    {
        ["concat with an inactive part"] = (net, x) => net.G.Slice(net.G.Mul(Squared(net, net.G.Concat(2, x, net.G.Neg(x))), net.Weight("w", 1, 6, 12, 6)), 2, 1, 12),
        ["split of which one part is used"] = (net, x) => Weighed(net, net.G.Split(x, 2, 1, 2, 3)[1], 2, 6),
        ["split of which all parts are used"] = (net, x) => { string[] parts = net.G.Split(x, 3, 4, 2); return net.G.Mul(Weighed(net, net.G.Slice(parts[0], 3, 0, 2), 6, 2), parts[1]); },
        ["slice from the end"] = (net, x) => Weighed(net, net.G.Slice(x, -1, -4, long.MaxValue), 6, 4),
        ["slice of every second"] = (net, x) => Weighed(net, net.G.Slice(x, 2, 1, 6, 2), 3, 6),
        ["slice backwards"] = (net, x) => Weighed(net, net.G.Slice(x, 2, -1, long.MinValue, -2), 3, 6),
        ["gather with repetition"] = (net, x) => Weighed(net, net.G.Node("Gather", [x, net.G.Indices(4, 0, 4, -1)], OnnxAttribute.Of("axis", 2)), 4, 6),
        ["gather of one"] = (net, x) => net.G.Reshape(Squared(net, net.G.Node("Gather", [x, net.G.Node("Constant", [], OnnxAttribute.Of("value", OnnxTensor.OfInt64("", [2])))], OnnxAttribute.Of("axis", 3))), 0, 6, 6, 1),
        ["pad"] = (net, x) => Weighed(net, net.G.Node("Pad", [x, net.G.Indices(0, 0, 1, 2, 0, 0, 3, 0)]), 10, 8),
        ["squeeze and unsqueeze"] = (net, x) => Weighed(net, net.G.Node("Squeeze", [net.G.Node("Unsqueeze", [x, net.G.Indices(1)]), net.G.Indices(1)]), 6, 6),
        ["expand"] = (net, x) => net.G.Mul(Weighed(net, net.G.Node("Expand", [net.G.ReduceMean(x, true, 2), net.G.Indices(1, 6, 5, 1)]), 5, 6), net.G.Constant(5)),
        ["depth to space, columns first"] = (net, x) => Deep(net, x, channelsFirst: true),
        ["depth to space, depth first"] = (net, x) => Deep(net, x, channelsFirst: false),
        ["space to depth"] = (net, x) => net.Conv(net.G.Tanh(net.G.Node("SpaceToDepth", [x], OnnxAttribute.Of("blocksize", 2))), "d", 24, 6, 1, 1, 0),
        ["softmax"] = (net, x) => net.G.Mul(Weighed(net, net.G.Softmax(x), 6, 6), net.G.Constant(60)),
        ["softmax along channels"] = (net, x) => net.G.Mul(Weighed(net, net.G.Softmax(x, 1), 6, 6), net.G.Constant(60)),
        ["log softmax"] = (net, x) => Weighed(net, net.G.LogSoftmax(x, 2), 6, 6),
        ["layer norm"] = (net, x) => Weighed(net, net.G.LayerNormalization(x, net.Positive("scale", 6), net.Weight("shift", 6)), 6, 6),
        ["layer norm over two dimensions"] = (net, x) => Weighed(
            net, net.G.Node("LayerNormalization", [x, net.Positive("scale", 6, 6), net.Weight("shift", 6, 6)], OnnxAttribute.Of("axis", 2)), 6, 6),
        ["euclidean norm"] = (net, x) => net.G.Div(Weighed(net, x, 6, 6), net.G.Add(net.G.Node("ReduceL2", [x, net.G.Indices(1)], OnnxAttribute.Of("keepdims", 1)), net.G.Constant(0.5f))),
        ["average pool with counted pads"] = (net, x) => Squared(net, net.G.Node(
            "AveragePool", [x], OnnxAttribute.Of("kernel_shape", [3, 3]), OnnxAttribute.Of("strides", [2, 2]), OnnxAttribute.Of("pads", [1, 1, 1, 1]), OnnxAttribute.Of("count_include_pad", 1))),
        ["attention"] = Attention,
        ["max pool: kinks"] = (net, x) => Squared(net, net.G.MaxPool(x, 2, 2)),
        ["max pool with overlap and pads: kinks"] = (net, x) => Squared(net, net.G.Node(
            "MaxPool", [x], OnnxAttribute.Of("kernel_shape", [3, 3]), OnnxAttribute.Of("strides", [2, 2]), OnnxAttribute.Of("pads", [1, 1, 1, 1]))),
        ["global max: kinks"] = (net, x) => Squared(net, net.G.Node("GlobalMaxPool", [x])),
        ["largest along an axis: kinks"] = (net, x) => Squared(net, net.G.Node("ReduceMax", [x, net.G.Indices(3)], OnnxAttribute.Of("keepdims", 1))),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_agrees_with_finite_differences(string name)
    {
        OnnxModel classifier = SmallNets.Classifier(11, 6, 6, 6, (net, x) => Bodies[name](net, net.Conv(x, "c", 3, 6, 3, 1, 1)));
        using GradientProbe probe = new(GradientGraph.From(classifier));

        bool hasKinks = name.EndsWith("kinks", StringComparison.Ordinal);
        probe.CheckAgainstDifferences(seed: 13, step: hasKinks ? 4e-3f : 2e-2f, kinks: hasKinks ? 0.1 : 0);
    }

    [Theory]
    [InlineData("ReduceMean", "batch")]
    [InlineData("Gather", "batch")]
    [InlineData("MaxPool", "operator set")]
    public void What_has_no_gradient_of_its_own_picture_is_refused_with_the_reason(string operation, string reason)
    {
        OnnxModel classifier = SmallNets.Classifier(1, 4, 4, 3, (net, x) => operation switch
        {
            "ReduceMean" => net.G.Add(x, net.G.ReduceMean(x, true, 0)),
            "Gather" => net.G.Node("Gather", [x, net.G.Indices(0)]),
            _ => net.G.MaxPool(x, 2, 2),
        });
        if (operation == "MaxPool")
            classifier.Opsets[""] = 13;

        UserErrorException error = Assert.Throws<UserErrorException>(() => GradientGraph.From(classifier));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains(operation, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static string Squared(SmallNets net, string x) => net.G.Mul(x, x);

    /// <summary>Different weights for every place, so that a gradient at the wrong one shows.</summary>
    private static string Weighed(SmallNets net, string x, long height, long width) => net.G.Mul(Squared(net, x), net.Positive("places", 1, 6, height, width));

    private static string Deep(SmallNets net, string x, bool channelsFirst)
    {
        string deep = net.Conv(x, "d", 6, 24, 1, 1, 0);
        return Weighed(net, net.G.DepthToSpace(deep, 2, channelsFirst), 12, 12);
    }

    private static string Attention(SmallNets net, string x)
    {
        // [N, 6, 6, 6] -> two heads of 36 tokens with 3 features.
        OnnxGraphBuilder g = net.G;
        string tokens = g.Transpose(g.Reshape(x, 0, 6, 36), 0, 2, 1);
        string[] parts = g.Split(g.Linear(tokens, net.Weight("qkv", 18, 6), net.Weight("qkv.bias", 18)), 2, 6, 6, 6);
        string Heads(string part, params long[] order) => g.Transpose(g.Reshape(part, 0, 36, 2, 3), order);
        string scores = g.MatMul(g.Mul(Heads(parts[0], 0, 2, 1, 3), g.Constant(0.6f)), Heads(parts[1], 0, 2, 3, 1));
        string mixed = g.Transpose(g.MatMul(g.Softmax(scores), Heads(parts[2], 0, 2, 1, 3)), 0, 2, 1, 3);
        return g.Reshape(g.Transpose(g.Reshape(mixed, 0, 36, 6), 0, 2, 1), 0, 6, 6, 6);
    }
}
