using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Export;

/// <summary>Writes a masked autoencoder at r = 0 as an ONNX graph: picture [N, 3, S, S] in [0, 1] -> purified, the same shape and range.</summary>
internal sealed class MaepExporter
{
    private readonly OnnxGraphBuilder g = new("purifier");
    private readonly PurifierArchitecture a;
    private readonly TorchWeights weights;
    private readonly TransformerGraph transformer;

    private MaepExporter(MaskedAutoencoderPurifier net)
    {
        (a, weights) = (net.Architecture, new TorchWeights(net));
        transformer = new TransformerGraph(g, weights, a.Width, a.Heads);
    }

    /// <summary>Builds the model.</summary>
    internal static OnnxModel Build(MaskedAutoencoderPurifier net) => new MaepExporter(net).Build();

    private OnnxModel Build()
    {
        string picture = g.Input("picture", OnnxDimension.Batch, 3, a.Size, a.Size);
        string pixels = g.Mul(g.Sub(picture, g.Constant(0.5f)), g.Constant(2f));
        string features = a.Stem > 0 ? Relu3x3(Relu3x3(pixels, "stem.first"), "stem.second") : pixels;

        // Patch embedding as a convolution: the linear layer's rows are laid out channel, row, column, as a kernel is.
        int channels = a.Stem > 0 ? a.Stem : 3;
        string embedded = g.Conv(features, weights.Add(g, "embed.weight", a.Width, channels, a.Patch, a.Patch), weights.Add(g, "embed.bias"), stride: a.Patch);
        string positions = weights.Add(g, "positions");
        string tokens = g.Add(g.Transpose(g.Reshape(embedded, 0, a.Width, a.Tokens), 0, 2, 1), positions);      // [N, T, D]

        for (int i = 0; i < a.Encoder; i++)
            tokens = transformer.Block(tokens, a.Tokens, $"encoder.{i}");
        tokens = transformer.Norm(tokens, "encoderNorm");
        if (a.Bottleneck is Bottleneck.Mean or Bottleneck.Verdict)
            tokens = g.ReduceMean(tokens, keepDimensions: true, 1);                                                                         // [N, 1, D]
        if (a.Bottleneck == Bottleneck.Verdict)
            tokens = transformer.Linear(transformer.Linear(tokens, "verdict"), "announce");
        tokens = g.Add(tokens, positions);
        for (int i = 0; i < a.Decoder; i++)
            tokens = transformer.Block(tokens, a.Tokens, $"decoder.{i}");
        string maps = Unfold(transformer.Linear(transformer.Norm(tokens, "decoderNorm"), "unembed"), a.Stem > 0 ? MaskedAutoencoderPurifier.TokenMaps : 3);

        string change = a.Stem > 0
            ? Conv3x3(Relu3x3(Relu3x3(a.HasSkip ? g.Concat(1, features, maps) : maps, "head.first"), "head.second"), "head.last")
            : maps;
        string purified = a.Residual ? g.Add(picture, change) : g.Add(g.Mul(change, g.Constant(0.5f)), g.Constant(0.5f));
        g.Output(g.Clip(purified, 0f, 1f), "purified", OnnxDimension.Batch, 3, a.Size, a.Size);
        return g.Build();
    }

    private string Unfold(string rows, int channels)
    {
        int edge = a.Size / a.Patch;
        string grid = g.Reshape(rows, 0, edge, edge, channels, a.Patch, a.Patch);
        return g.Reshape(g.Transpose(grid, 0, 3, 1, 4, 2, 5), 0, channels, a.Size, a.Size);
    }

    private string Conv3x3(string x, string name) => g.Conv(x, weights.Add(g, name + ".weight"), weights.Add(g, name + ".bias"), padding: 1);

    private string Relu3x3(string x, string name) => g.Relu(Conv3x3(x, name));
}
