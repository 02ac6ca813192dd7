using Realtime.Filter.Errors;
using Realtime.Filter.Gradients;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Gradients;

public sealed class GradientGraphTests
{
    [Theory]
    [InlineData(9, 8)]
    [InlineData(8, 8)]
    [InlineData(7, 10)]
    public void A_residual_net_with_strides_has_the_gradient_of_its_loss(int height, int width)
    {
        // Odd and even sizes under stride 2 need different output paddings.
        using GradientProbe probe = new(GradientGraph.From(SmallNets.Residual(1, height, width)));

        probe.CheckAgainstDifferences(seed: 2, step: 4e-3f, kinks: 0.1);
    }

    [Fact]
    public void The_logits_are_the_classifiers_and_the_loss_is_their_cross_entropy()
    {
        OnnxModel classifier = SmallNets.Residual(1);
        using GradientProbe probe = new(GradientGraph.From(classifier));
        Random random = new(5);
        float[] pictures = [.. Enumerable.Range(0, 2 * probe.PictureLength).Select(_ => random.NextSingle())];
        (float[] logits, float[] loss, _) = probe.Evaluate(pictures, [3, 0]);

        for (int n = 0; n < 2; n++)
        {
            double[] z = [.. logits.Skip(4 * n).Take(4).Select(v => (double)v)];
            Assert.Equal(Math.Log(z.Sum(Math.Exp)) - z[n == 0 ? 3 : 0], loss[n], 1e-5);
        }
    }

    [Fact]
    public void A_pictures_gradient_does_not_depend_on_its_batch_mates()
    {
        using GradientProbe probe = new(GradientGraph.From(SmallNets.Residual(1)));
        Random random = new(7);
        float[] own = [.. Enumerable.Range(0, probe.PictureLength).Select(_ => random.NextSingle())];
        float[] mates = [.. Enumerable.Range(0, 2 * probe.PictureLength).Select(_ => random.NextSingle())];
        float[] alone = probe.Evaluate(own, [2]).Gradient;
        float[] together = probe.Evaluate([.. mates, .. own], [0, 1, 2]).Gradient[mates.Length..];

        for (int i = 0; i < alone.Length; i++)
            Assert.Equal(alone[i], together[i], 1e-6f);
    }

    [Fact]
    public void A_confident_picture_has_a_finite_gradient()
    {
        OnnxModel classifier = SmallNets.Classifier(1, 4, 4, 3, (net, x) => net.G.Mul(x, net.G.Constant(1e4f)));
        using GradientProbe probe = new(GradientGraph.From(classifier));
        (_, float[] loss, float[] gradient) = probe.Evaluate([.. Enumerable.Range(0, 96).Select(i => i / 96f)], [0, 1]);

        Assert.All(loss, value => Assert.True(float.IsFinite(value)));
        Assert.All(gradient, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void The_graph_shares_the_classifiers_weights_and_leaves_the_classifier_as_it_is()
    {
        OnnxModel classifier = SmallNets.Residual(1);
        byte[] before = OnnxWriter.ToBytes(classifier);
        OnnxModel model = GradientGraph.From(classifier);

        Assert.Equal(before, OnnxWriter.ToBytes(classifier));
        Assert.Equal("a,b,c,d", model.Metadata["realtime.labels"]);
        Assert.Equal(["picture [N,3,9,8]", "slope [N,4]", "share [N,1]"], model.Graph.Inputs.Select(v => v.ToString()));
        Assert.Equal(["logits [N,4]", "gradient [N,3,9,8]"], model.Graph.Outputs.Select(v => v.ToString()));
        Assert.Equal(1, model.Graph.Initializers.Count(t => t.Name == "conv1.weight"));
        Assert.True(OnnxWriter.ToBytes(model).Length < before.Length + 8000);
    }

    [Fact]
    public void An_operator_without_a_rule_is_refused_by_name()
    {
        OnnxModel classifier = SmallNets.Classifier(1, 4, 4, 3, (net, x) => net.G.Node("Cos", [x]));

        UserErrorException error = Assert.Throws<UserErrorException>(() => GradientGraph.From(classifier));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("Cos", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_no_classifier_is_refused_with_what_was_found()
    {
        OnnxGraphBuilder g = new();
        g.Output(g.Relu(g.Input("tiles", OnnxDimension.Batch, 3, 32, 32)), "purified", OnnxDimension.Batch, 3, 32, 32);

        UserErrorException error = Assert.Throws<UserErrorException>(() => GradientGraph.From(g.Build()));

        Assert.Contains("tiles [N,3,32,32]", error.Message, StringComparison.Ordinal);
    }
}
