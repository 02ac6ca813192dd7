using System.Runtime.InteropServices;
using Realtime.Filter.Models.Onnx;
using static TorchSharp.torch;

namespace Realtime.Trainer.Export;

/// <summary>Copies a net's weights into a graph under their torch names.</summary>
internal sealed class TorchWeights(nn.Module net)
{
    private readonly Dictionary<string, Tensor> tensors = Training.Weights.Of(net).ToDictionary(w => w.Name, w => w.Tensor);

    /// <summary>Adds the weight of this name, in its own shape or in another with the same elements.</summary>
    internal string Add(OnnxGraphBuilder g, string name, params long[] shape) => Add(g, name, tensors[name], shape);

    internal static string Add(OnnxGraphBuilder g, string name, Tensor tensor, params long[] shape)
    {
        using Tensor plain = tensor.detach().contiguous();
        return g.Initializer(name, MemoryMarshal.Cast<byte, float>(plain.bytes), shape.Length > 0 ? shape : plain.shape);
    }
}
