using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Export;

/// <summary>Writes a DISCO-like purifier as an ONNX graph of convolutions: picture [N, 3, S, S] in [0, 1] -> purified, the same shape and range.</summary>
internal sealed class DiscoExporter
{
    private readonly OnnxGraphBuilder g = new("purifier");
    private readonly DiscoArchitecture a;
    private readonly TorchWeights weights;

    private DiscoExporter(DiscoPurifier net) => (a, weights) = (net.Architecture, new TorchWeights(net));

    /// <summary>Builds the model.</summary>
    internal static OnnxModel Build(DiscoPurifier net) => new DiscoExporter(net).Build();

    private OnnxModel Build()
    {
        string picture = g.Input("picture", OnnxDimension.Batch, 3, a.Size, a.Size);
        string shallow = Conv(g.Mul(g.Sub(picture, g.Constant(0.5f)), g.Constant(2f)), "head");
        string x = shallow;
        for (int i = 0; i < a.Blocks; i++)
            x = g.Add(x, Conv(g.Relu(Conv(x, $"blocks.{i}.first")), $"blocks.{i}.second"));
        x = g.Add(Conv(x, "tail"), shallow);
        for (int i = 0; i < a.Layers; i++)
            x = g.Relu(Conv(x, $"hidden.{i}", i == 0 ? 1 : 0));
        string change = Conv(x, "colour", padding: 0);
        string purified = a.Residual ? g.Add(picture, change) : g.Add(g.Mul(change, g.Constant(0.5f)), g.Constant(0.5f));
        g.Output(g.Clip(purified, 0f, 1f), "purified", OnnxDimension.Batch, 3, a.Size, a.Size);
        return g.Build();
    }

    private string Conv(string x, string name, long padding = 1) => g.Conv(x, weights.Add(g, name + ".weight"), weights.Add(g, name + ".bias"), padding: padding);
}
