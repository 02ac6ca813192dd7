using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tests.Purifiers;

namespace Realtime.Filter.Tests.Models;

public sealed class Float16ModelTests : IDisposable
{
    private readonly TinyModels models = new();

    public static TheoryData<string> ShippedPurifiers => [.. ModelCatalog.Names().Where(name => name.StartsWith("maep-", StringComparison.Ordinal) && !name.EndsWith("-int8", StringComparison.Ordinal))];

    public void Dispose() => models.Dispose();

    [Theory]
    [MemberData(nameof(ShippedPurifiers))]
    public void Every_shipped_purifier_in_float16_stays_within_one_8_bit_level(string name)
    {
        string path = ModelCatalog.Resolve(name);
        using OnnxPurifier full = OnnxPurifier.Open(path), half = OnnxPurifier.Open(path, precision: Precision.Float16);

        float largest = DeviceTrial.Check("cpu", half, full, Precision.Float16);

        Assert.InRange(largest, 1e-6f, 1f / 255);   // not equal: it really computes in something else
    }

    [Theory]
    [MemberData(nameof(ShippedPurifiers))]
    public void Weights_are_halved_inputs_and_outputs_and_the_metadata_stay_and_norms_compute_in_float32(string name)
    {
        OnnxModel full = OnnxReader.Read(ModelCatalog.Resolve(name));

        OnnxModel half = Float16Model.Convert(full, name);

        Assert.Equal(full.Graph.Inputs, half.Graph.Inputs);
        Assert.Equal(full.Graph.Outputs, half.Graph.Outputs);
        Assert.Equal(full.Metadata, half.Metadata);
        HashSet<string> halves = [.. half.Graph.Initializers.Where(tensor => tensor.ElementType == OnnxElementType.Float16).Select(tensor => tensor.Name)];
        halves.UnionWith(half.Graph.Nodes.SelectMany(node => node.Outputs).Where(output => output.EndsWith("/float16", StringComparison.Ordinal)));
        Assert.All(half.Graph.Nodes.Where(node => node.OpType is "LayerNormalization" or "Softmax"), node => Assert.DoesNotContain(node.Inputs, halves.Contains));
        Assert.All(half.Graph.Nodes.Where(node => node.OpType is "MatMul" or "Conv" or "Gelu"), node => Assert.All(node.Inputs, input => Assert.Contains(input, halves)));
        Assert.InRange(OnnxWriter.ToBytes(half).Length, 0, OnnxWriter.ToBytes(full).Length * 6 / 10);
    }

    [Fact]
    public void A_model_in_8_bits_is_refused_and_the_message_says_what_it_is()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => OnnxPurifier.Open(ModelCatalog.Resolve("maep-patch4-int8"), precision: Precision.Float16));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("it computes in 8 bits (int8 of maep-patch4.onnx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_float16_does_not_reach_become_its_largest()
    {
        string path = models.Write("mask", [OnnxDimension.Batch, 3, 32, 32], [OnnxDimension.Batch, 3, 32, 32], (graph, x) => graph.Clip(x, -1e9f, 1e9f));

        OnnxModel half = Float16Model.Convert(OnnxReader.Read(path), path);

        Half[] bounds = [.. half.Graph.Initializers.Select(tensor => BitConverter.ToHalf(tensor.RawData.Span))];
        Assert.Equal([Half.MinValue, Half.MaxValue], bounds);
    }

    [Fact]
    public void An_operator_that_is_not_known_is_named_and_float32_recommended()
    {
        OnnxModel model = OnnxReader.Read(models.Identity());
        model.Graph.Nodes.Add(new OnnxNode("odd", "QLinearConv", ["picture"], ["y"], []));

        UserErrorException error = Assert.Throws<UserErrorException>(() => Float16Model.Convert(model, "m.onnx"));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Equal("model 'm.onnx' cannot be turned into float16: operator QLinearConv ('odd') is not known here. Use --precision fp32.", error.Message);
    }
}
