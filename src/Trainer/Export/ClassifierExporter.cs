using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Nets;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Export;

/// <summary>Writes a residual classifier as an ONNX graph: picture [N, 3, S, S] in [0, 1] -> logits [N, K]. Batch norms are folded into their convolutions.</summary>
public static class ClassifierExporter
{
    /// <summary>Builds the model.</summary>
    /// <param name="net">The net, in evaluation mode.</param>
    public static OnnxModel Build(ResNetClassifier net)
    {
        ArgumentNullException.ThrowIfNull(net);
        ClassifierArchitecture a = net.Architecture;
        OnnxGraphBuilder g = new("classifier");
        string x = g.Input("picture", OnnxDimension.Batch, 3, a.Size, a.Size);
        x = g.Mul(g.Sub(x, g.Constant(0.5f)), g.Constant(4f));
        x = Conv(g, x, "stem", net.Stem);
        if (!a.PreActivation)
            x = g.Relu(x);
        TorchWeights plain = new(net);
        for (int i = 0; i < net.Blocks.Count; i++)
            x = net.Blocks[i] is PreActivationBlock early ? Block(g, x, $"blocks.{i}", early, plain) : Block(g, x, $"blocks.{i}", (ResidualBlock)net.Blocks[i]);
        if (net.FinalNorm is ChannelNorm last)
            x = g.Relu(Norm(g, x, "finalNorm", last));

        x = g.Flatten(g.GlobalAveragePool(x));
        x = g.Gemm(x, plain.Add(g, "head.weight"), plain.Add(g, "head.bias"), transposeB: true);
        g.Output(x, "logits", OnnxDimension.Batch, a.Classes);
        return g.Build();
    }

    private static string Block(OnnxGraphBuilder g, string x, string name, ResidualBlock block)
    {
        (ConvNorm first, ConvNorm second, ConvNorm? shortcut) = block.Units;
        string branch = Conv(g, g.Relu(Conv(g, x, name + ".first", first)), name + ".second", second);
        string trunk = shortcut is null ? x : Conv(g, x, name + ".shortcut", shortcut);
        return g.Relu(g.Add(branch, trunk));
    }

    private static string Block(OnnxGraphBuilder g, string x, string name, PreActivationBlock block, TorchWeights plain)
    {
        (ChannelNorm norm, ConvNorm first, MixedConv2d second, MixedConv2d? shortcut) = block.Units;
        string active = g.Relu(Norm(g, x, name + ".norm", norm));
        string trunk = shortcut is null ? x : Conv(g, active, name + ".shortcut", shortcut, plain);
        return g.Add(Conv(g, g.Relu(Conv(g, active, name + ".first", first)), name + ".second", second, plain), trunk);
    }

    private static string Norm(OnnxGraphBuilder g, string x, string name, ChannelNorm norm)
    {
        using IDisposable still = no_grad();
        using DisposeScope scope = NewDisposeScope();
        (Tensor factor, Tensor term) = norm.Fold();
        long channels = factor.NumberOfElements;
        return g.Add(g.Mul(x, TorchWeights.Add(g, name + ".gain", factor, channels, 1, 1)), TorchWeights.Add(g, name + ".offset", term, channels, 1, 1));
    }

    private static string Conv(OnnxGraphBuilder g, string x, string name, MixedConv2d unit, TorchWeights plain) =>
        g.Conv(x, plain.Add(g, name + ".weight"), plain.Add(g, name + ".bias"), unit.Stride, unit.Padding);

    private static string Conv(OnnxGraphBuilder g, string x, string name, ConvNorm unit)
    {
        using IDisposable still = no_grad();
        using DisposeScope scope = NewDisposeScope();
        (Tensor weight, Tensor bias) = unit.Fold();
        return g.Conv(x, TorchWeights.Add(g, name + ".weight", weight), TorchWeights.Add(g, name + ".bias", bias), unit.Stride, unit.Padding);
    }
}
