using Realtime.Filter.Gradients;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Bench;

/// <summary>What one tile costs in a model, counted from its graph.</summary>
/// <param name="Flops">Of the matrix products and convolutions, two for each multiplication with its addition; the rest is not counted.</param>
/// <param name="Bytes">Read and written by all operators of the file, each by itself; what ONNX Runtime fuses, or finds in a cache, it saves of this.</param>
internal sealed record ModelCost(double Flops, double Bytes)
{
    /// <summary>Counts the graph of a purifier.</summary>
    public static ModelCost Of(OnnxModel model)
    {
        GraphShapes shapes = new(model);
        HashSet<string> weights = [.. model.Graph.Initializers.Select(tensor => tensor.Name)];
        HashSet<string> levels = [.. model.Graph.Nodes.Where(node => node.OpType == "QuantizeLinear").Select(node => node.Outputs[0])];
        double flops = 0, bytes = 0;
        foreach (OnnxNode node in model.Graph.Nodes)
        {
            bytes += node.Inputs.Concat(node.Outputs).Where(value => value.Length > 0 && !weights.Contains(value)).Sum(value => (levels.Contains(value) ? sizeof(byte) : sizeof(float)) * Count(shapes.Of(value)));
            flops += 2 * Count(shapes.Of(node.Outputs[0])) * Inner(node, shapes);
        }

        return new ModelCost(flops, bytes);
    }

    // Multiplications for each number of the output.
    private static double Inner(OnnxNode node, GraphShapes shapes) => node.OpType switch
    {
        "MatMul" => shapes.Of(node.Inputs[0])[^1],
        "Gemm" => shapes.Of(node.Inputs[0])[node.Attribute("transA", 0L) == 0 ? 1 : 0],
        "Conv" => Count(shapes.Of(node.Inputs[1])) / shapes.Of(node.Inputs[1])[0],
        "ConvTranspose" => Count(shapes.Of(node.Inputs[1])) / shapes.Of(node.Inputs[1])[1] / Count(node.Attribute<long[]>("strides", [1])),
        _ => 0,
    };

    private static double Count(long[] shape) => shape.Aggregate(1.0, (product, size) => product * (size == GraphShapes.Batch ? 1 : size));
}
