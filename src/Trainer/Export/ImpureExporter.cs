using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Export;

/// <summary>Writes an IMPure purifier as it is in use, with the uniform split and its fixed noise, as an ONNX graph: picture [N, 3, S, S] in [0, 1] -> purified, the same shape and range.</summary>
internal sealed class ImpureExporter
{
    /// <summary>Metadata entry that says what a net does in use that its paper leaves to chance.</summary>
    internal const string InUseKey = "realtime.in-use";

    private readonly OnnxGraphBuilder g = new("purifier");
    private readonly ImpureArchitecture a;
    private readonly TorchWeights weights;
    private readonly TransformerGraph transformer;

    private ImpureExporter(ImpurePurifier net)
    {
        (a, weights) = (net.Architecture, new TorchWeights(net));
        transformer = new TransformerGraph(g, weights, a.Width, a.Heads);
    }

    /// <summary>Builds the model.</summary>
    internal static OnnxModel Build(ImpurePurifier net) => new ImpureExporter(net).Build();

    private OnnxModel Build()
    {
        (int n, int r, int d) = (a.Patches, a.Regions, a.Width);
        string picture = g.Input("picture", OnnxDimension.Batch, 3, a.Size, a.Size);
        string pixels = g.Mul(g.Sub(picture, g.Constant(0.5f)), g.Constant(2f));
        string positions = weights.Add(g, "positions");
        string kernel = weights.Add(g, "embed.weight", d, 3, a.Patch, a.Patch), bias = weights.Add(g, "embed.bias");
        string tokens = g.Concat(1, Embed(pixels), Embed(Noised(pixels, "imageNoise", a.ImageNoise)));        // [N, 2T, D]

        tokens = g.Reshape(tokens, -1, n / r, d);
        for (int i = 0; i < a.Encoder; i++)
            tokens = transformer.Block(tokens, n / r, $"encoder.{i}");
        string[] features = g.Split(g.Reshape(transformer.Norm(tokens, "encoderNorm"), -1, 2 * n, d), 1, n, n);
        string places = InOrder(positions);
        string clear = Grouped(g.Add(features[0], places)), noised = Grouped(g.Add(Noised(features[1], "featureNoise", a.FeatureNoise), places));

        float[] own = ImpurePurifier.Own(r);
        string mine = g.Constant(own, 1, r, r, 1, 1), others = g.Constant([.. own.Select(value => 1 - value)], 1, r, r, 1, 1);
        tokens = g.Reshape(g.Add(g.Mul(clear, others), g.Mul(noised, mine)), -1, n, d);
        for (int i = 0; i < a.Decoder; i++)
            tokens = transformer.Block(tokens, n, $"decoder.{i}");
        tokens = g.ReduceSum(g.Mul(g.Reshape(tokens, -1, r, r, n / r, d), mine), keepDimensions: false, 1);    // [N, R, L, D]
        string rows = Unfold(transformer.Linear(transformer.Norm(tokens, "decoderNorm"), "unembed"));
        g.Output(g.Clip(g.Add(g.Mul(rows, g.Constant(0.5f)), g.Constant(0.5f)), 0f, 1f), "purified", OnnxDimension.Batch, 3, a.Size, a.Size);
        OnnxModel model = g.Build();
        model.Metadata[InUseKey] = $"uniform split into {r} regions; noise of steps {a.ImageNoise} (pixels) and {a.FeatureNoise} (features), drawn once when the net was made: deterministic";
        return model;

        // Patch embedding as a convolution: the linear layer's rows are laid out channel, row, column, as a kernel is.
        string Embed(string x) => InOrder(g.Add(g.Transpose(g.Reshape(g.Conv(x, kernel, bias, stride: a.Patch), 0, d, n), 0, 2, 1), positions));
    }

    private string Noised(string x, string name, int step) =>
        g.Add(g.Mul(x, g.Constant((float)NoiseMask.Signal(step))), g.Mul(weights.Add(g, name), g.Constant((float)NoiseMask.Deviation(step))));

    private string Grouped(string tokens) => g.Reshape(tokens, 0, 1, a.Regions, a.Patches / a.Regions, a.Width);

    /// <summary>[N or 1, T, D] in image order -> the same, region after region, as <see cref="RegionalDraw.Uniform"/> orders them.</summary>
    private string InOrder(string tokens)
    {
        int k = a.Interleave, cells = a.Edge / k;
        return g.Reshape(g.Transpose(g.Reshape(tokens, 0, cells, k, cells, k, a.Width), 0, 2, 4, 1, 3, 5), 0, a.Patches, a.Width);
    }

    /// <summary>[N, R, L, 3 * P * P] -> [N, 3, S, S].</summary>
    private string Unfold(string rows)
    {
        int k = a.Interleave, cells = a.Edge / k;
        string grid = g.Reshape(rows, 0, k, k, cells, cells, 3, a.Patch, a.Patch);
        return g.Reshape(g.Transpose(grid, 0, 5, 3, 1, 6, 4, 2, 7), 0, 3, a.Size, a.Size);
    }
}
