using Realtime.Filter.Gradients;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Gradients;

public sealed class DefendedModelTests
{
    private const float Gain = 3;

    // Whoever runs a purifier limits what it makes; an attack on anything else would attack another defence than the deployed one.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_purifier_makes_is_limited_forward_and_straight_through_backward(bool limitsItself)
    {
        OnnxModel classifier = SmallNets.Residual(1, 8, 8);
        DefendedModel defended = DefendedModel.Of(Brighter(limitsItself), "brighter", classifier, "small");
        using GradientProbe both = new(defended.WithGradient()), alone = new(GradientGraph.From(classifier));
        Random random = new(3);
        float[] pictures = [.. Enumerable.Range(0, 2 * both.PictureLength).Select(_ => random.NextSingle())];
        long[] labels = [1, 3];

        (float[] logits, _, float[] gradient) = both.Evaluate(pictures, labels);
        (float[] expectedLogits, _, float[] expected) = alone.Evaluate([.. pictures.Select(value => Math.Min(1, Gain * value))], labels);

        Assert.Contains(pictures, value => Gain * value > 1);
        for (int i = 0; i < logits.Length; i++)
            Assert.Equal(expectedLogits[i], logits[i], 1e-5f);
        for (int i = 0; i < gradient.Length; i++)
            Assert.Equal(Gain * expected[i], gradient[i], 1e-5f);
    }

    private static OnnxModel Brighter(bool limitsItself)
    {
        OnnxGraphBuilder g = new("brighter");
        string bright = g.Mul(g.Input("picture", OnnxDimension.Batch, 3, 8, 8), g.Constant(Gain));
        g.Output(limitsItself ? g.Clip(bright, 0, 1) : bright, "purified", OnnxDimension.Batch, 3, 8, 8);
        return g.Build();
    }
}
