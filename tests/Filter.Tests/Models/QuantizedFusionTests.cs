using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Models;

public sealed class QuantizedFusionTests
{
    [Fact]
    public void The_picture_of_the_shipped_model_stays_within_two_levels()
    {
        OnnxModel plain = Shipped();

        OnnxModel fused = QuantizedFusion.Fuse(plain);

        Assert.Equal((6, 0), (FusedModels.Count(plain, "Conv"), FusedModels.Count(plain, "ConvTranspose")));
        Assert.Equal((5, 1), (FusedModels.Count(fused, "Conv"), FusedModels.Count(fused, "ConvTranspose")));
        Assert.Equal((0, 4), (FusedModels.Count(fused, "Gelu"), FusedModels.Count(fused, "FastGelu")));
        Assert.Equal(1, FusedModels.Count(fused, "QuantizeLinear") - FusedModels.Count(plain, "QuantizeLinear"));
        float[] expected = Purify(plain), found = Purify(fused);
        Assert.InRange(expected.Zip(found, (a, b) => MathF.Abs(a - b)).Max(), 0, 2f / 255);    // a last bit may tip a rounding
        Assert.Contains(expected, value => value is > 0.1f and < 0.9f);
    }

    // Without GELU's other form nothing but the order of the last convolution's sums changes.
    [Fact]
    public void Rounding_before_moving_and_a_turned_kernel_change_no_number_but_by_the_order_of_sums()
    {
        OnnxModel plain = Shipped();
        OnnxModel fused = QuantizedFusion.Fuse(plain);
        List<OnnxNode> nodes = fused.Graph.Nodes;
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].OpType == "FastGelu")
                nodes[i] = plain.Graph.Nodes.Single(node => node.Name == nodes[i].Name);
        }

        float[] expected = Purify(plain), found = Purify(fused);

        Assert.InRange(expected.Zip(found, (a, b) => MathF.Abs(a - b)).Max(), 0, 1e-5f);
    }

    [Fact]
    public void A_model_in_float32_is_given_back()
    {
        OnnxModel model = OnnxReader.Read(ModelCatalog.Resolve("maep-patch4"));

        Assert.Same(model, QuantizedFusion.Fuse(model));
    }

    [Theory]
    [InlineData("strides", new long[] { 2, 2 })]
    [InlineData("dilations", new long[] { 2, 2 })]
    [InlineData("pads", new long[] { 1, 0, 1, 0 })]
    public void A_last_convolution_of_another_form_is_left_alone(string attribute, long[] values)
    {
        OnnxModel model = Shipped();
        List<OnnxNode> nodes = model.Graph.Nodes;
        int last = nodes.FindLastIndex(node => node.OpType == "Conv");
        nodes[last] = nodes[last] with { Attributes = [.. nodes[last].Attributes.Where(one => one.Name != attribute), OnnxAttribute.Of(attribute, values)] };

        Assert.Equal(0, FusedModels.Count(QuantizedFusion.Fuse(model), "ConvTranspose"));
    }

    [Fact]
    public void A_moved_value_that_somebody_else_reads_is_left_alone()
    {
        OnnxModel model = Shipped();
        OnnxNode concat = model.Graph.Nodes.Single(node => node.OpType == "Concat");
        model.Graph.Nodes.Add(new OnnxNode("another", "Identity", [concat.Inputs[1]], ["another"], []));

        OnnxModel fused = QuantizedFusion.Fuse(model);

        Assert.Equal(FusedModels.Count(model, "QuantizeLinear"), FusedModels.Count(fused, "QuantizeLinear"));
    }

    private static OnnxModel Shipped() => OnnxReader.Read(ModelCatalog.Resolve("maep-patch4-int8"));

    private static float[] Purify(OnnxModel model) => FusedModels.Purify(model, random => random.Next(256) / 255f);
}
