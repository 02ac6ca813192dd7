using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Tests.Models.Onnx;

/// <summary>Every operator, run in ONNX Runtime against values worked out by hand.</summary>
public sealed class OnnxGraphBuilderTests
{
    private static readonly float[] Four = [1, 2, 3, 4];

    [Fact]
    public void Conv_with_stride_and_padding() =>
        // The window is centred on (0,0), (0,2), (2,0), (2,2): the centre plus twice its lower right neighbour, plus the bias.
        Check(
            [0 + (2 * 5) + 10, 2 + (2 * 7) + 10, 8 + (2 * 13) + 10, 10 + (2 * 15) + 10],
            (g, x) => g.Conv(x, g.Initializer("w", [0, 0, 0, 0, 1, 0, 0, 0, 2], 1, 1, 3, 3), g.Initializer("b", [10], 1), stride: 2, padding: 1),
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
            1, 1, 4, 4);

    [Fact]
    public void Conv_with_groups() => Check(
        [2, 4, -3, -4],
        (g, x) => g.Conv(x, g.Initializer("w", [2, -1], 2, 1, 1, 1), group: 2),
        Four,
        1, 2, 1, 2);

    [Fact]
    public void ConvTranspose_with_output_padding() => Check(
        [2, 0, 4, 0, 0, 0, 0, 0, 6, 0, 8, 0, 0, 0, 0, 0],
        (g, x) => g.ConvTranspose(x, g.Initializer("w", [2], 1, 1, 1, 1), null, [2, 2], [0, 0, 0, 0], [1, 1]),
        Four,
        1, 1, 2, 2);

    [Fact]
    public void Linear_is_torchs() => Check(
        [1 + (2 * 2) + 10, 1 - 2 + 20, 0 + 10, 0 + 20, 3 + 8 + 10, 3 - 4 + 20],
        (g, x) => g.Linear(x, g.Initializer("fc.weight", [1, 2, 1, -1], 2, 2), g.Initializer("fc.bias", [10, 20], 2)),
        [1, 2, 0, 0, 3, 4],
        1, 3, 2);

    [Fact]
    public void Gemm_takes_torchs_weights() => Check(
        [5 + 10, -1 + 20, 11 + 10, -1 + 20],
        (g, x) => g.Gemm(x, g.Initializer("fc.weight", [1, 2, 1, -1], 2, 2), g.Initializer("fc.bias", [10, 20], 2), transposeB: true),
        Four,
        2, 2);

    [Fact]
    public void Arithmetic() => Check(
        [((1 + 5f) * 2 / 4) - 1, ((2 + 5f) * 2 / 4) - 1, ((3 + 5f) * 2 / 4) - 1, ((4 + 5f) * 2 / 4) - 1],
        (g, x) => g.Sub(g.Div(g.Mul(g.Add(x, g.Constant(5)), g.Constant(2)), g.Constant(4)), g.Constant(1)),
        Four,
        1, 4);

    [Fact]
    public void Relu_clip_and_neg() => Check([0, 0, -0.5f, -1], (g, x) => g.Neg(g.Clip(g.Relu(x), 0, 1)), [-3, 0, 0.5f, 7], 1, 4);

    [Fact]
    public void Gelu_is_the_exact_one() =>
        // x * (1 + erf(x / sqrt 2)) / 2; the tanh form differs in the fourth digit (0.841192 at 1).
        Check([0, 0.8413447f, -0.15865525f, 1.9544997f], (g, x) => g.Gelu(x), [0, 1, -1, 2], 1, 4);

    [Fact]
    public void LayerNormalization_over_the_last_dimension() => Check(
        [-1 * 2f + 5, 1 * 3f + 6, -1 * 2f + 5, 1 * 3f + 6],
        (g, x) => g.LayerNormalization(x, g.Initializer("w", [2, 3], 2), g.Initializer("b", [5, 6], 2), 1e-12f),
        [1, 3, -10, 10],
        1, 2, 2);

    [Fact]
    public void Softmax_and_its_logarithm() => Check(
        [0.25f, 0.75f, MathF.Log(0.25f), MathF.Log(0.75f)],
        (g, x) => g.Concat(1, g.Softmax(x), g.LogSoftmax(x)),
        [0, MathF.Log(3)],
        1, 2);

    [Fact]
    public void Transpose_and_reshape() => Check(
        [1, 4, 2, 5, 3, 6],
        (g, x) => g.Reshape(g.Transpose(x, 0, 2, 1), 0, -1),
        [1, 2, 3, 4, 5, 6],
        1, 2, 3);

    [Fact]
    public void Split_and_concat() => Check(
        [2, 3, 4, 1],
        (g, x) => { string[] parts = g.Split(x, 1, 1, 3); return g.Concat(1, parts[1], parts[0]); },
        Four,
        1, 4);

    [Fact]
    public void Slice_counts_from_both_ends() => Check([2, 3], (g, x) => g.Slice(x, 1, 1, -1), Four, 1, 4);

    [Fact]
    public void Means_and_sums() => Check(
        [2.5f, 2.5f, 10, 2.5f],
        (g, x) => g.Concat(
            1,
            g.Flatten(g.GlobalAveragePool(x)),
            g.ReduceMean(x, false, 2, 3),
            g.ReduceSum(x, false, 2, 3),
            g.Flatten(g.AveragePool(x, 2, 2))),
        Four,
        1, 1, 2, 2);

    [Fact]
    public void DepthToSpace_is_pixel_shuffle() => Check(
        [1, 2, 5, 6, 3, 4, 7, 8],
        (g, x) => g.DepthToSpace(x, 2),
        [1, 5, 2, 6, 3, 7, 4, 8],
        1, 4, 1, 2);

    [Fact]
    public void The_batch_stays_open()
    {
        OnnxGraphBuilder g = new();
        string x = g.Input("picture", OnnxDimension.Batch, 1, 2, 2);
        g.Output(g.Reshape(x, 0, -1), "y", OnnxDimension.Batch, 4);
        OnnxModel model = g.Build();

        foreach (long n in (long[])[1, 3])
            Assert.Equal(4 * n, OrtRunner.Run(model, ("picture", new float[4 * n], [n, 1, 2, 2]))["y"].Length);
    }

    [Fact]
    public void A_graph_input_can_be_an_output_too()
    {
        OnnxGraphBuilder g = new();
        g.Output(g.Input("x", OnnxDimension.Batch), "y", OnnxDimension.Batch);

        Assert.Equal([1, 2f], OrtRunner.Run(g.Build(), ("x", new float[] { 1, 2 }, [2]))["y"]);
    }

    [Fact]
    public void Unknown_and_doubled_names_are_refused()
    {
        OnnxGraphBuilder g = new();
        string x = g.Input("x", OnnxDimension.Batch);

        Assert.Contains("'weight'", Assert.Throws<ArgumentException>(() => g.MatMul(x, "weight")).Message, StringComparison.Ordinal);
        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => g.Initializer("x", [1f], 1)).Message, StringComparison.Ordinal);
    }

    private static void Check(float[] expected, Func<OnnxGraphBuilder, string, string> build, float[] x, params long[] shape)
    {
        float[] found = OrtRunner.Apply(build, x, shape);
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-5f);
    }
}
