using Realtime.Filter.Models.Onnx;

namespace Realtime.Trainer.Export.Quantization;

/// <summary>Which nodes of a model compute in 8 bits: products of a value with a constant, where most of the work is.</summary>
/// <param name="graph">The float32 graph.</param>
internal sealed class QuantizableNodes(OnnxGraph graph)
{
    // The first convolution reads the picture and the last one makes the change of it: a hundredth of the work each, and the most sensitive.
    private const long LeastChannels = 8;

    /// <summary>Those nodes: linear layers, and convolutions with at least 8 channels on both sides.</summary>
    public IReadOnlyList<OnnxNode> All => [.. graph.Nodes.Where(Takes)];

    /// <summary>The constant weight of such a node, as torch lays it out: [out, in] or [out, in, kH, kW].</summary>
    public OnnxTensor Weight(OnnxNode node) => WeightOf(node) ?? throw new ArgumentException($"{node.OpType} '{node.Name}' has no constant weight.", nameof(node));

    /// <summary>What a convolution gives to the others: its output, behind the ReLU that is its only reader, which the 8-bit kernel does by clamping.</summary>
    public string Result(OnnxNode convolution)
    {
        return graph.FindReaders(convolution.Outputs[0]) is [{ OpType: "Relu" } relu] ? relu.Outputs[0] : convolution.Outputs[0];
    }

    private bool Takes(OnnxNode node) => WeightOf(node) is { Dimensions: var shape } && (node.OpType == "MatMul" || (shape[0] >= LeastChannels && shape[1] >= LeastChannels));

    private OnnxTensor? WeightOf(OnnxNode node) => node.OpType switch
    {
        "Conv" when node.Attribute("group", 1L) == 1 => graph.FindInitializer(node.Inputs[1]),
        "MatMul" when graph.FindMaker(node.Inputs[1]) is { OpType: "Transpose" } transpose => graph.FindInitializer(transpose.Inputs[0]),
        _ => null,
    };
}
