using Realtime.Filter.Gradients;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Gradients;

/// <summary>The slope of every function of single elements, against finite differences.</summary>
public sealed class ActivationRulesTests
{
    public static TheoryData<string> Names => [.. Functions.Keys];

    private static Dictionary<string, (bool HasKinks, Func<OnnxGraphBuilder, string, string> Of)> Functions { get; } = new()
    {
        ["identity and dropout"] = (false, (g, x) => g.Node("Dropout", [g.Node("Identity", [x])])),
        ["cast to float"] = (false, (g, x) => g.Node("Cast", [x], OnnxAttribute.Of("to", 1))),
        ["leaky relu"] = (true, (g, x) => g.Node("LeakyRelu", [x], OnnxAttribute.Of("alpha", 0.3f))),
        ["prelu"] = (true, (g, x) => g.Node("PRelu", [x, g.Initializer("prelu", [0.1f, 0.2f, 0.3f, 0.4f, -0.5f, 0.6f], 6, 1, 1)])),
        ["elu"] = (true, (g, x) => g.Node("Elu", [x], OnnxAttribute.Of("alpha", 1.5f))),
        ["selu"] = (true, (g, x) => g.Node("Selu", [x])),
        ["relu6"] = (true, (g, x) => g.Clip(g.Mul(x, g.Constant(4)), 0, 6)),
        ["hard sigmoid"] = (true, (g, x) => g.Mul(g.Node("HardSigmoid", [g.Mul(x, g.Constant(2))], OnnxAttribute.Of("alpha", 0.3f)), g.Constant(6))),
        ["hard swish"] = (true, (g, x) => g.Node("HardSwish", [g.Mul(x, g.Constant(3))])),
        ["softplus"] = (false, (g, x) => g.Node("Softplus", [x])),
        ["gelu"] = (false, (g, x) => g.Gelu(x)),
        ["gelu by tanh"] = (false, (g, x) => g.Node("Gelu", [x], OnnxAttribute.Of("approximate", "tanh"))),
        ["erf"] = (false, (g, x) => g.Mul(g.Node("Erf", [x]), g.Constant(2))),
        ["exp"] = (false, (g, x) => g.Node("Exp", [g.Mul(x, g.Constant(0.5f))])),
        ["log"] = (false, (g, x) => g.Node("Log", [Positive(g, x)])),
        ["sqrt"] = (false, (g, x) => g.Node("Sqrt", [Positive(g, x)])),
        ["reciprocal"] = (false, (g, x) => g.Node("Reciprocal", [Positive(g, x)])),
        ["abs"] = (true, (g, x) => g.Node("Abs", [x])),
        ["pow"] = (false, (g, x) => g.Node("Pow", [Positive(g, x), g.Constant(0.7f)])),
        ["square of any sign"] = (false, (g, x) => g.Node("Pow", [x, g.Constant(2)])),
        ["max and min with constants"] = (true, (g, x) => g.Node("Min", [g.Node("Max", [x, g.Constant(-0.3f)]), g.Constant(0.4f)])),
        ["max of two values"] = (true, (g, x) => g.Node("Max", [x, g.Mul(x, x)])),
        ["where by a comparison"] = (true, (g, x) => g.Node("Where", [g.Node("Greater", [x, g.Constant(0.1f)]), g.Mul(x, x), g.Neg(x)])),
        ["sum of several"] = (false, (g, x) => g.Node("Sum", [x, g.Mul(x, x), g.Constant(1)])),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_agrees_with_finite_differences(string name)
    {
        (bool hasKinks, Func<OnnxGraphBuilder, string, string> function) = Functions[name];
        OnnxModel classifier = SmallNets.Classifier(11, 6, 6, 6, (net, x) => function(net.G, net.Conv(x, "c", 3, 6, 3, 1, 1)));
        using GradientProbe probe = new(GradientGraph.From(classifier));

        probe.CheckAgainstDifferences(seed: 13, step: hasKinks ? 4e-3f : 2e-2f, kinks: hasKinks ? 0.1 : 0);
    }

    [Fact]
    public void A_clip_that_counts_as_the_identity_has_slope_one_where_it_limits()
    {
        OnnxModel classifier = SmallNets.Classifier(3, 4, 4, 3, (net, x) => net.G.Clip(net.G.Sub(x, net.G.Constant(5)), 0, 1));
        string limited = classifier.Graph.Nodes.Single(node => node.OpType == "Clip").Outputs[0];
        using GradientProbe stopped = new(GradientGraph.From(classifier)), through = new(GradientGraph.From(classifier, new HashSet<string> { limited }));
        float[] pictures = new float[stopped.PictureLength];

        Assert.All(stopped.Evaluate(pictures, [1]).Gradient, value => Assert.Equal(0, value));
        Assert.Contains(through.Evaluate(pictures, [1]).Gradient, value => MathF.Abs(value) > 1e-3f);
        Assert.Equal(stopped.Evaluate(pictures, [1]).Logits, through.Evaluate(pictures, [1]).Logits);
    }

    private static string Positive(OnnxGraphBuilder g, string x) => g.Add(g.Mul(x, x), g.Constant(0.5f));
}
