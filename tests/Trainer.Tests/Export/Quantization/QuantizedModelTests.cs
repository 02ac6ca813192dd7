using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Realtime.Filter.Attacks;
using Realtime.Filter.Gradients;
using Realtime.Filter.Metrics;
using Realtime.Filter.Models;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Export;
using Realtime.Trainer.Export.Quantization;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Tests.Export.Quantization;

public sealed class QuantizedModelTests
{
    private const int Count = 6;

    private readonly OnnxModel original;
    private readonly OnnxModel quantized;

    public QuantizedModelTests()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        original = PurifierExporter.Build(net);
        quantized = QuantizedModel.Build(original, ActivationRanges.Measure(original, QuantizedModel.ValuesOf(original), Pictures(1), 16));
    }

    [Fact]
    public void It_purifies_nearly_as_the_original_does_and_not_exactly_so()
    {
        float[] expected = Run(original), found = Run(quantized);

        // 8 bits leave something: equal outputs would mean that nothing was rounded.
        Assert.InRange(Psnr.Between(expected, found), 30, 80);
    }

    [Fact]
    public void Constants_of_products_are_levels_of_7_bits_and_their_floats_are_gone()
    {
        OnnxTensor[] levels = [.. quantized.Graph.Initializers.Where(tensor => tensor.Name.EndsWith(".weight/int8", StringComparison.Ordinal))];

        // Two blocks of four linear layers and unembed; stem.second, embed, head.first, head.second. The first and the last convolution stay as they are.
        Assert.Equal(2 * 4 + 1 + 4, levels.Length);
        Assert.All(levels, tensor => Assert.InRange(MemoryMarshal.Cast<byte, sbyte>(tensor.RawData.Span).ToArray().Max(level => Math.Abs((int)level)), 63, 63));
        Assert.All(levels, tensor => Assert.Null(quantized.Graph.FindInitializer(tensor.Name.Replace("/int8", "", StringComparison.Ordinal))));
        Assert.NotNull(quantized.Graph.FindInitializer("stem.first.weight"));
        Assert.NotNull(quantized.Graph.FindInitializer("head.last.weight"));
        Assert.NotNull(original.Graph.FindInitializer(levels[0].Name.Replace("/int8", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_value_outside_the_range_that_was_measured_is_taken_to_its_end()
    {
        OnnxGraphBuilder graph = new();
        string x = graph.Input("picture", OnnxDimension.Batch, 3, 2, 2);
        graph.Output(graph.Linear(x, graph.Initializer("w.weight", [1, 0, 0, 1], 2, 2), null), "purified", OnnxDimension.Batch, 3, 2, 2);
        OnnxModel identity = graph.Build();
        float[] inside = [0, 0.5f, 1, 0.25f, 0, 0, 0, 0, 0, 0, 0, 0], outside = [7, -3, 1, 0.25f, 0, 0, 0, 0, 0, 0, 0, 0];

        OnnxModel model = QuantizedModel.Build(identity, ActivationRanges.Measure(identity, QuantizedModel.ValuesOf(identity), inside, 2));

        float[] found = Run(model, outside, 1, 2);
        Assert.Equal(1, found[0], 1e-5);
        Assert.Equal(0, found[1], 1e-5);
        Assert.Equal(0.25f, found[3], 0.5 / 255);
    }

    [Fact]
    public void The_gradient_goes_straight_through_the_rounding()
    {
        using ResNetClassifier classifier = TinyNets.NewClassifier();
        classifier.eval();
        OnnxModel judge = ClassifierExporter.Build(classifier);
        using OnnxGradient exact = OnnxGradient.Open(DefendedModel.Of(original, "p", judge, "c"), threads: 1);
        using OnnxGradient rounded = OnnxGradient.Open(DefendedModel.Of(quantized, "q", judge, "c"), threads: 1);

        float[] expected = Gradient(exact), found = Gradient(rounded);

        double product = expected.Zip(found, (a, b) => (double)a * b).Sum(), lengths = Math.Sqrt(expected.Sum(a => (double)a * a) * found.Sum(b => (double)b * b));
        Assert.InRange(product / lengths, 0.95, 0.999999);
    }

    [Theory]
    [InlineData(-1f, 3f)]
    [InlineData(0.5f, 2f)]
    [InlineData(-2f, -1f)]
    [InlineData(0f, 0f)]
    public void Zero_is_a_level_of_every_range_and_the_ends_are_within_half_a_level(float least, float most)
    {
        ValueRange range = ValueRange.Empty.With([least, most]);

        Assert.Equal(0, Back(0));
        Assert.Equal(least, Back(least), range.Scale / 2 * 1.001);
        Assert.Equal(most, Back(most), range.Scale / 2 * 1.001);

        float Back(float value) => (Math.Clamp(MathF.Round(value / range.Scale) + range.ZeroPoint, 0, 255) - range.ZeroPoint) * range.Scale;
    }

    private static float[] Gradient(OnnxGradient victim)
    {
        float[] logits = new float[Count * 3], losses = new float[Count], gradient = new float[Count * 768];
        victim.Evaluate(Pictures(2), new CrossEntropyLoss([0, 1, 2, 0, 1, 2]), logits, losses, gradient);
        return gradient;
    }

    private static float[] Run(OnnxModel model) => Run(model, Pictures(2), Count, 16);

    private static float[] Run(OnnxModel model, float[] pictures, int count, int size)
    {
        using InferenceSession session = OnnxSessions.Open(model, "tiny");
        using RunOptions options = new();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(pictures, [count, 3, size, size]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["picture"], [input], ["purified"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static float[] Pictures(int seed)
    {
        Random values = new(seed);
        return [.. Enumerable.Range(0, Count * 768).Select(_ => values.NextSingle())];
    }
}
