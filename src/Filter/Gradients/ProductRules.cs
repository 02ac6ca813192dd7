using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>Matrix products, convolutions and pools over windows.</summary>
internal sealed class ProductRules(Backward backward)
{
    private readonly OnnxGraphBuilder g = backward.G;
    private readonly ConvolutionGradient convolution = new(backward.G, backward.Shapes);

    /// <summary>The gradient of the first input, or null where the operator has no rule here.</summary>
    public string? Of(OnnxNode node, string dy) => node.OpType switch
    {
        "Conv" => convolution.OfInput(node, dy),
        "AveragePool" => convolution.OfAveragePool(node, dy),
        "MaxPool" => MaxPool(node, dy),
        "Gemm" when node.Attribute("transA", 0L) == 0 => g.Node(
            "Gemm",
            [dy, node.Inputs[1]],
            OnnxAttribute.Of("transB", node.Attribute("transB", 0L) == 0 ? 1 : 0),
            OnnxAttribute.Of("alpha", node.Attribute("alpha", 1f))),
        _ => null,
    };

    /// <summary>Adds the gradients of both factors, where they depend on the picture.</summary>
    public void MatMul(OnnxNode node, string dy)
    {
        string a = node.Inputs[0], b = node.Inputs[1];
        if (backward.IsActive(a))
            Add(node, a, g.MatMul(dy, Turned(node, b)));
        if (backward.IsActive(b))
            Add(node, b, g.MatMul(Turned(node, a), dy));
    }

    private void Add(OnnxNode node, string factor, string gradient)
    {
        // The two inner dimensions are the product's own business; only those in front are repeated.
        long[] target = backward.Shapes.Of(factor), full = [.. backward.Shapes.Of(node.Outputs[0])];
        if (target.Length < full.Length)
            throw Backward.Refusal(node, "it uses one matrix that depends on the picture for the whole batch");
        target[^2..].CopyTo(full, full.Length - 2);
        backward.Add(factor, backward.Summed(gradient, full, target));
    }

    private string Turned(OnnxNode node, string matrix)
    {
        int rank = backward.Shapes.Of(matrix).Length;
        if (rank < 2)
            throw Backward.Refusal(node, "one factor is a vector");
        long[] permutation = [.. Enumerable.Range(0, rank).Select(i => (long)i)];
        (permutation[^1], permutation[^2]) = (permutation[^2], permutation[^1]);
        return g.Transpose(matrix, permutation);
    }

    /// <summary>
    /// Every window's gradient goes to its largest pixel, whose place in the whole batch is a further output of the forward node. Windows may
    /// overlap, so gradients that meet are added.
    /// </summary>
    private string MaxPool(OnnxNode node, string dy)
    {
        if (backward.Opset < 16)
            throw Backward.Refusal(node, $"its gradient needs operator set 16, this model has {backward.Opset}");
        string places = g.AddOutputs(node, 1)[0];
        string zeros = g.Node("ConstantOfShape", [g.Reshape(g.Node("Size", [node.Inputs[0]]), 1)]);
        string flat = g.Node("ScatterElements", [zeros, g.Reshape(places, -1), g.Reshape(dy, -1)], OnnxAttribute.Of("axis", 0), OnnxAttribute.Of("reduction", "add"));
        return g.Reshape(flat, backward.Shapes.Of(node.Inputs[0]));
    }
}
