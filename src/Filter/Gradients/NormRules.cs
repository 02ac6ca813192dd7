using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>Norms, softmaxes and reductions.</summary>
internal sealed class NormRules(Backward backward)
{
    private readonly OnnxGraphBuilder g = backward.G;

    /// <summary>The gradient of the first input, or null where the operator has no rule here.</summary>
    public string? Of(OnnxNode node, string dy)
    {
        string x = node.Inputs[0], y = node.Outputs[0];
        switch (node.OpType)
        {
            case "BatchNormalization":
                return BatchNormalization(node, dy);
            case "LayerNormalization":
                return LayerNormalization(node, dy);
            case "Softmax" when IsAlongOneAxis(node):
                return g.Mul(y, g.Sub(dy, Mixed(node, dy)));
            case "LogSoftmax" when IsAlongOneAxis(node):
                return g.Sub(dy, g.Mul(g.Node("Exp", [y]), g.ReduceSum(dy, keepDimensions: true, backward.Axis(node, -1))));
            case "GlobalAveragePool":
                return Spread(dy, x, PictureAxes(x), isMean: true);
            case "ReduceMean" or "ReduceSum":
                return Spread(dy, x, backward.ReducedAxes(node), node.OpType == "ReduceMean");
            case "GlobalMaxPool":
                return AtLargest(dy, x, y, PictureAxes(x));
            case "ReduceMax":
                return AtLargest(dy, x, y, backward.ReducedAxes(node));
            case "ReduceL2":
                long[] kept = Kept(x, backward.ReducedAxes(node));
                return g.Mul(x, g.Div(g.Reshape(dy, kept), g.Reshape(y, kept)));
            default:
                return null;
        }
    }

    /// <summary>
    /// The sum of dy * y along a softmax's axis. Where the softmax only mixes the rows of a matrix, o = y v, that is the sum of do * o (Dao et al. 2022,
    /// FlashAttention, appendix B): as long as v is wide instead of as there are rows.
    /// </summary>
    private string Mixed(OnnxNode node, string dy)
    {
        string y = node.Outputs[0];
        long axis = backward.Axis(node, -1);
        bool isLast = axis == backward.Shapes.Of(y).Length - 1;
        if (isLast && backward.OnlyUserOf(y) is { OpType: "MatMul" } product && product.Inputs[0] == y && backward.GradientOf(product.Outputs[0]) is string change)
            return g.ReduceSum(g.Mul(change, product.Outputs[0]), keepDimensions: true, axis);
        return g.ReduceSum(g.Mul(dy, y), keepDimensions: true, axis);
    }

    // Before opset 13 a softmax went over all dimensions behind the axis.
    private bool IsAlongOneAxis(OnnxNode node) =>
        backward.Opset >= 13 || backward.Axis(node, 1) == backward.Shapes.Of(node.Inputs[0]).Length - 1;

    private long[] PictureAxes(string x) => [.. Enumerable.Range(2, backward.Shapes.Of(x).Length - 2).Select(i => (long)i)];

    private long[] Kept(string x, long[] axes) => [.. backward.Shapes.Of(x).Select((size, i) => axes.Contains(i) ? 1 : size)];

    private string BatchNormalization(OnnxNode node, string dy)
    {
        // scale / sqrt(variance + epsilon), a constant that ONNX Runtime folds on loading.
        string deviation = g.Node("Sqrt", [g.Add(node.Inputs[4], g.Constant(node.Attribute("epsilon", 1e-5f)))]);
        long[] shape = [.. backward.Shapes.Of(node.Inputs[0]).Select((_, i) => i == 1 ? -1L : 1L)];
        return g.Mul(dy, g.Reshape(g.Div(node.Inputs[1], deviation), shape));
    }

    /// <summary>
    /// With the normalised n = (x - mean) / deviation and the gradient c = dy * scale: (c - mean(c) - n * mean(c * n)) / deviation. The forward
    /// node is spelled out, because the backward pass takes its parts, and because ONNX Runtime's own kernel takes three times as long.
    /// </summary>
    private string LayerNormalization(OnnxNode node, string dy)
    {
        long first = backward.Axis(node, -1);
        long[] shape = backward.Shapes.Of(node.Inputs[0]);
        long[] axes = [.. Enumerable.Range(0, shape.Length).Select(i => (long)i).Where(i => i >= first)];
        string share = g.Constant(1f / axes.Aggregate(1L, (product, axis) => product * shape[axis]));
        string Mean(string value) => g.Mul(g.ReduceSum(value, keepDimensions: true, axes), share);

        string inverse = "", normal = "";
        g.Replace(node, () =>
        {
            string centred = g.Sub(node.Inputs[0], Mean(node.Inputs[0]));
            string variance = g.Add(Mean(g.Mul(centred, centred)), g.Constant(node.Attribute("epsilon", 1e-5f)));
            inverse = g.Node("Reciprocal", [g.Node("Sqrt", [variance])]);
            normal = g.Mul(centred, inverse);
            string scaled = g.Mul(normal, node.Inputs[1]);
            if (node.Inputs.Count > 2 && node.Inputs[2].Length > 0)
                g.Add(scaled, node.Inputs[2]);
        });
        string c = g.Mul(dy, node.Inputs[1]);
        string away = g.Sub(g.Sub(c, Mean(c)), g.Mul(normal, Mean(g.Mul(c, normal))));
        return g.Mul(away, inverse);
    }

    /// <summary>The gradient of a mean or a sum: every summed element gets its share.</summary>
    private string Spread(string dy, string x, long[] axes, bool isMean)
    {
        long[] shape = backward.Shapes.Of(x), share = [.. shape.Select((size, i) => axes.Contains(i) ? size : 1)];
        float[] values = new float[share.Aggregate((a, b) => a * b)];
        Array.Fill(values, isMean ? 1f / values.Length : 1f);
        return g.Mul(g.Reshape(dy, Kept(x, axes)), g.Constant(values, share));
    }

    private string AtLargest(string dy, string x, string y, long[] axes)
    {
        long[] kept = Kept(x, axes);
        return g.Node("Where", [g.Node("Equal", [x, g.Reshape(y, kept)]), g.Reshape(dy, kept), g.Constant(0)]);
    }
}
