using Realtime.Filter.Gradients;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Gradients;

/// <summary>The rules for products, arithmetic and reductions in small nets, against finite differences.</summary>
public sealed class GradientRulesTests
{
    public static TheoryData<string> Names => [.. Bodies.Keys];

    private static Dictionary<string, Func<SmallNets, string, string>> Bodies { get; } = new()
    {
        ["conv 3x3, no padding"] = (net, x) => net.Conv(x, "c", 3, 6, 3, 1, 0),
        ["conv 5x5 with one pixel of padding"] = (net, x) => net.Conv(x, "c", 3, 6, 5, 1, 1),
        ["conv 1x1 with padding"] = (net, x) => net.Conv(x, "c", 3, 6, 1, 1, 1),
        ["conv with uneven pads"] = (net, x) => net.G.Conv(x, net.Weight("w", 6, 3, 3, 2), null, [1, 1], [0, 1, 2, 0]),
        ["conv with stride 3"] = (net, x) => net.Conv(x, "c", 3, 6, 3, 3, 1),
        ["grouped conv"] = (net, x) => net.Conv(net.Conv(x, "a", 3, 4, 1, 1, 0), "b", 4, 6, 3, 1, 1, group: 2),
        ["grouped conv with stride"] = (net, x) => net.Conv(net.Conv(x, "a", 3, 4, 1, 1, 0), "b", 4, 6, 3, 2, 1, group: 2),
        ["batch normalisation"] = (net, x) => net.G.BatchNormalization(
            net.Conv(x, "c", 3, 6, 3, 1, 1), net.Positive("bn.weight", 6), net.Weight("bn.bias", 6), net.Weight("bn.mean", 6), net.Positive("bn.var", 6)),
        ["relu"] = (net, x) => net.G.Relu(net.Conv(x, "c", 3, 6, 3, 1, 1)),
        ["sigmoid"] = (net, x) => net.G.Mul(net.G.Sigmoid(net.Conv(x, "c", 3, 6, 3, 1, 1)), net.G.Constant(6)),
        ["tanh"] = (net, x) => net.G.Tanh(net.Conv(x, "c", 3, 6, 3, 1, 1)),
        ["average pool"] = (net, x) => net.G.AveragePool(net.Conv(x, "c", 3, 6, 3, 1, 1), 2, 2),
        ["average pool that leaves a rest"] = (net, x) => net.G.Tanh(net.G.AveragePool(net.Conv(x, "c", 3, 6, 3, 1, 1), 3, 2)),
        ["a value used twice"] = (net, x) => { string y = net.Conv(x, "c", 3, 6, 3, 1, 1); return net.G.Sub(net.G.Mul(y, y), y); },
        ["division by a value"] = (net, x) => net.G.Div(
            net.Conv(x, "a", 3, 6, 3, 1, 1), net.G.Add(net.G.Sigmoid(net.Conv(x, "b", 3, 6, 3, 1, 1)), net.G.Constant(1))),
        ["constants on the left"] = (net, x) => net.G.Div(net.G.Constant(60), net.G.Add(net.G.Constant(2), net.G.Sigmoid(net.Conv(x, "c", 3, 6, 1, 1, 0)))),
        ["channel gates that are broadcast"] = (net, x) =>
        {
            string y = net.Conv(x, "c", 3, 6, 3, 1, 1);
            return net.G.Mul(y, net.G.Sigmoid(net.G.GlobalAveragePool(y)));
        },
        ["transpose, reshape and matmul"] = (net, x) =>
        {
            // [N, 3, 6, 6] -> tokens [N, 36, 3] -> [N, 36, 6] -> picture [N, 6, 6, 6].
            string tokens = net.G.Transpose(net.G.Reshape(x, 0, 3, 36), 0, 2, 1);
            string linear = net.G.Linear(tokens, net.Weight("w", 6, 3), net.Weight("b", 6));
            return net.G.Reshape(net.G.Transpose(linear, 0, 2, 1), 0, 6, 6, 6);
        },
        ["a product of two values"] = (net, x) =>
        {
            string a = net.Conv(x, "a", 3, 6, 3, 1, 1), b = net.Conv(x, "b", 3, 6, 3, 1, 1);
            return net.G.MatMul(a, net.G.Transpose(b, 0, 1, 3, 2));
        },
        ["mean over axes"] = (net, x) => net.G.Reshape(net.G.ReduceMean(net.G.Tanh(net.Conv(x, "c", 3, 6, 3, 1, 1)), false, -2, 3), 0, 6, 1, 1),
        ["sum over an axis"] = (net, x) => net.G.ReduceSum(net.G.Mul(net.Conv(x, "c", 3, 6, 3, 1, 1), net.G.Constant(0.2f)), true, 2),
        ["negation"] = (net, x) => net.G.Neg(net.Conv(x, "c", 3, 6, 3, 1, 1)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_agrees_with_finite_differences(string name)
    {
        OnnxModel classifier = SmallNets.Classifier(11, 6, 6, 6, Bodies[name]);
        using GradientProbe probe = new(GradientGraph.From(classifier));

        bool smooth = name != "relu";
        probe.CheckAgainstDifferences(seed: 13, step: smooth ? 2e-2f : 4e-3f, kinks: smooth ? 0 : 0.1);
    }
}
