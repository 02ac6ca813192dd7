using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Models;

public sealed class TransformerFusionTests
{
    // Norms behind a residual or behind positions, and blocks. What passes a bottleneck meets the positions in another shape, and that sum is left alone.
    [Theory]
    [InlineData("maep-patch4", 10, 4)]
    [InlineData("maep-patch2", 10, 4)]
    [InlineData("maep-solids", 10, 4)]
    [InlineData("maep-patch4-int8", 10, 4)]
    [InlineData("hardened-cifar10", 9, 4)]
    public void Every_block_of_a_shipped_purifier_is_fused_and_the_picture_stays(string name, int norms, int attentions)
    {
        OnnxModel plain = OnnxReader.Read(ModelCatalog.Resolve(name));

        OnnxModel fused = TransformerFusion.Fuse(plain);

        Assert.Equal((norms, attentions), (FusedModels.Count(fused, "SkipLayerNormalization"), FusedModels.Count(fused, "MultiHeadAttention")));
        Assert.Equal(10 - norms, FusedModels.Count(fused, "LayerNormalization"));
        Assert.Equal(0, FusedModels.Count(fused, "Softmax"));
        Assert.Equal((10, 0), (FusedModels.Count(plain, "LayerNormalization"), FusedModels.Count(plain, "SkipLayerNormalization")));     // the model itself stays
        float[] expected = Purify(plain), found = Purify(fused);
        float largest = expected.Zip(found, (a, b) => MathF.Abs(a - b)).Max();
        Assert.InRange(largest, 0, ModelDescription.IsQuantized(plain) ? 2f / 255 : 2e-5f);    // in 8 bits a last bit may tip a rounding
        Assert.Contains(expected, value => value is > 0.1f and < 0.9f);
    }

    [Fact]
    public void A_sum_that_only_the_norm_reads_has_no_output_of_its_own()
    {
        OnnxModel fused = TransformerFusion.Fuse(OnnxReader.Read(ModelCatalog.Resolve("maep-patch4")));

        int[] outputs = [.. fused.Graph.Nodes.Where(node => node.OpType == "SkipLayerNormalization").Select(node => node.Outputs.Count)];

        Assert.Equal([4, 4, 4, 4, 4, 4, 1, 4, 4, 1], outputs);      // the last norms of encoder and decoder
    }

    [Fact]
    public void A_model_without_such_blocks_is_given_back() => Assert.Same(Classifier, TransformerFusion.Fuse(Classifier));

    [Theory]
    [InlineData("Transpose", "perm")]
    [InlineData("Softmax", "axis")]
    public void An_attention_of_another_form_is_left_alone(string type, string attribute)
    {
        OnnxModel model = OnnxReader.Read(ModelCatalog.Resolve("maep-patch4"));
        List<OnnxNode> nodes = model.Graph.Nodes;
        int softmax = nodes.FindIndex(node => node.OpType == "Softmax"), changed = type == "Softmax" ? softmax : nodes.FindIndex(softmax, node => node.OpType == type);
        nodes[changed] = nodes[changed] with { Attributes = [type == "Softmax" ? OnnxAttribute.Of(attribute, 2L) : OnnxAttribute.Of(attribute, [0, 1, 2, 3])] };

        Assert.Equal(3, FusedModels.Count(TransformerFusion.Fuse(model), "MultiHeadAttention"));
    }

    private static OnnxModel Classifier { get; } = OnnxReader.Read(ModelCatalog.Resolve("cifar10"));

    private static float[] Purify(OnnxModel model) => FusedModels.Purify(model, random => random.NextSingle());
}
