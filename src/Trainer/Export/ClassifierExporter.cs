using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Nets;
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
        x = g.Relu(Conv(g, x, "stem", net.Stem));
        for (int i = 0; i < net.Blocks.Count; i++)
        {
            (ConvNorm first, ConvNorm second, ConvNorm? shortcut) = net.Blocks[i].Units;
            string branch = Conv(g, g.Relu(Conv(g, x, $"blocks.{i}.first", first)), $"blocks.{i}.second", second);
            string trunk = shortcut is null ? x : Conv(g, x, $"blocks.{i}.shortcut", shortcut);
            x = g.Relu(g.Add(branch, trunk));
        }

        x = g.Flatten(g.GlobalAveragePool(x));
        TorchWeights head = new(net);
        x = g.Gemm(x, head.Add(g, "head.weight"), head.Add(g, "head.bias"), transposeB: true);
        g.Output(x, "logits", OnnxDimension.Batch, a.Classes);
        return g.Build();
    }

    private static string Conv(OnnxGraphBuilder g, string x, string name, ConvNorm unit)
    {
        using IDisposable still = no_grad();
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        (Tensor weight, Tensor bias) = unit.Fold();
        return g.Conv(x, TorchWeights.Add(g, name + ".weight", weight), TorchWeights.Add(g, name + ".bias", bias), unit.Stride, unit.Padding);
    }
}
