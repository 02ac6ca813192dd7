using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Trainer.Export;

/// <summary>The gradient of each operator: how the gradient of a node's output becomes gradients of its inputs.</summary>
/// <param name="g">Receives the new nodes.</param>
/// <param name="graph">The graph that is differentiated.</param>
/// <param name="shapes">Shapes of its active values and initializers.</param>
/// <param name="isActive">Whether a value depends on the graph's input.</param>
/// <param name="accumulate">Adds a gradient to a value's.</param>
internal sealed class GradientRules(
    OnnxGraphBuilder g,
    OnnxGraph graph,
    GraphShapes shapes,
    Func<string, bool> isActive,
    Action<string, string> accumulate)
{
    private readonly ConvolutionGradient convolution = new(g, shapes);

    /// <summary>Applies the rule of <paramref name="node"/>.</summary>
    /// <param name="node">A node with at least one active input.</param>
    /// <param name="dy">Gradient of its first output.</param>
    /// <exception cref="UserErrorException">There is no rule for it (model rejected).</exception>
    public void Apply(OnnxNode node, string dy)
    {
        string x = node.Inputs[0], y = node.Outputs[0];
        switch (node.OpType)
        {
            case "Identity":
                accumulate(x, dy);
                break;
            case "Conv" when OnlyFirstActive(node):
                accumulate(x, convolution.OfInput(node, dy));
                break;
            case "AveragePool":
                accumulate(x, convolution.OfAveragePool(node, dy));
                break;
            case "BatchNormalization" when OnlyFirstActive(node):
                accumulate(x, BatchNormalization(node, dy));
                break;
            case "Relu":
                accumulate(x, g.Mul(dy, Mask(y)));
                break;
            case "Sigmoid":
                accumulate(x, g.Mul(dy, g.Mul(y, g.Sub(g.Constant(1), y))));
                break;
            case "Tanh":
                accumulate(x, g.Mul(dy, g.Sub(g.Constant(1), g.Mul(y, y))));
                break;
            case "Neg":
                accumulate(x, g.Neg(dy));
                break;
            case "Add":
                Broadcast(node, 0, () => dy);
                Broadcast(node, 1, () => dy);
                break;
            case "Sub":
                Broadcast(node, 0, () => dy);
                Broadcast(node, 1, () => g.Neg(dy));
                break;
            case "Mul":
                Broadcast(node, 0, () => g.Mul(dy, node.Inputs[1]));
                Broadcast(node, 1, () => g.Mul(dy, node.Inputs[0]));
                break;
            case "Div":
                Broadcast(node, 0, () => g.Div(dy, node.Inputs[1]));
                Broadcast(node, 1, () => g.Neg(g.Div(g.Mul(dy, y), node.Inputs[1])));
                break;
            case "Reshape" or "Flatten":
                accumulate(x, g.Reshape(dy, shapes.Of(x)));
                break;
            case "Transpose":
                accumulate(x, g.Transpose(dy, Inverse(node.Attribute<long[]>("perm", []))));
                break;
            case "GlobalAveragePool":
                accumulate(x, Spread(dy, shapes.Of(x), [2, 3], isMean: true));
                break;
            case "ReduceMean" or "ReduceSum":
                accumulate(x, Spread(dy, shapes.Of(x), ReducedAxes(node), node.OpType == "ReduceMean"));
                break;
            case "Gemm" when OnlyFirstActive(node) && node.Attribute("transA", 0L) == 0 && node.Attribute("alpha", 1f) == 1:
                accumulate(x, g.Gemm(dy, node.Inputs[1], transposeB: node.Attribute("transB", 0L) == 0));
                break;
            case "MatMul":
                Broadcast(node, 0, () => g.MatMul(dy, TransposeLast(node.Inputs[1])));
                Broadcast(node, 1, () => g.MatMul(TransposeLast(node.Inputs[0]), dy), isProduct: true);
                break;
            default:
                throw new UserErrorException(
                    ExitCode.ModelRejected,
                    $"node '{node.Name}' ({node.OpType}) cannot be differentiated with these settings; attack this model through torch, or change the layer.");
        }
    }

    private static long[] Inverse(long[] permutation)
    {
        long[] inverse = new long[permutation.Length];
        for (int i = 0; i < permutation.Length; i++)
            inverse[permutation[i]] = i;
        return inverse;
    }

    private bool OnlyFirstActive(OnnxNode node) => !node.Inputs.Skip(1).Any(isActive);

    /// <summary>
    /// 1 where a Relu let its input through, 0 elsewhere, from the Relu's output (taking its input would keep ONNX Runtime from fusing it into the
    /// convolution). Exact for every normal number, and faster there than Sign, than Greater with Cast, and than Where.
    /// </summary>
    private string Mask(string y) => g.Clip(g.Mul(y, g.Constant(1e38f)), 0, 1);

    private string BatchNormalization(OnnxNode node, string dy)
    {
        // scale / sqrt(variance + epsilon), a constant that ONNX Runtime folds on loading.
        string deviation = g.Node("Sqrt", [g.Add(node.Inputs[4], g.Constant(node.Attribute("epsilon", 1e-5f)))]);
        return g.Mul(dy, g.Reshape(g.Div(node.Inputs[1], deviation), 1, -1, 1, 1));
    }

    /// <summary>Gives an active input its gradient, summed over the dimensions along which the operator repeated it.</summary>
    private void Broadcast(OnnxNode node, int index, Func<string> gradient, bool isProduct = false)
    {
        string input = node.Inputs[index];
        if (!isActive(input))
            return;
        long[] target = shapes.Of(input), full = [.. shapes.Of(node.Outputs[0])];

        // The two inner dimensions of a matrix product are its own business; only those in front are repeated.
        if (node.OpType == "MatMul")
            target[^2..].CopyTo(full, full.Length - 2);
        if (isProduct && target.Length != full.Length)
            throw new UserErrorException(ExitCode.ModelRejected, $"node '{node.Name}' (MatMul) repeats a matrix that depends on the picture; that has no rule here.");

        int front = full.Length - target.Length;
        long[] axes = [.. Enumerable.Range(0, full.Length).Where(i => i < front || (target[i - front] == 1 && full[i] != 1)).Select(i => (long)i)];
        string sum = gradient();
        if (axes.Length > 0)
            sum = g.Reshape(g.ReduceSum(sum, keepDimensions: true, axes), target);
        accumulate(input, sum);
    }

    /// <summary>The gradient of a mean or a sum: every summed element gets its share.</summary>
    private string Spread(string dy, long[] shape, long[] axes, bool isMean)
    {
        if (axes.Any(axis => shape[axis] == GraphShapes.Batch))
            throw new UserErrorException(ExitCode.ModelRejected, "a sum over the batch makes pictures influence each other; its gradient is not per picture.");
        long[] kept = [.. shape], share = [.. shape.Select(_ => 1L)];
        foreach (long axis in axes)
        {
            kept[axis] = 1;
            share[axis] = shape[axis];
        }

        long count = axes.Aggregate(1L, (product, axis) => product * shape[axis]);
        float[] values = new float[count];
        Array.Fill(values, isMean ? 1f / count : 1f);
        return g.Mul(g.Reshape(dy, kept), g.Constant(values, share));
    }

    private long[] ReducedAxes(OnnxNode node)
    {
        int rank = shapes.Of(node.Inputs[0]).Length;

        // An input since opset 18 (13 for sums), an attribute before.
        long[] axes = node.Inputs.Count > 1 && graph.FindInitializer(node.Inputs[1]) is OnnxTensor tensor
            ? tensor.AsInt64s().ToArray()
            : node.Attribute<long[]>("axes", []);
        if (axes.Length == 0)
            axes = [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        return [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];
    }

    private string TransposeLast(string matrix)
    {
        int rank = isActive(matrix) || graph.FindInitializer(matrix) is not null
            ? shapes.Of(matrix).Length
            : graph.Nodes.Find(node => node.Outputs.Contains(matrix))?.Attribute<long[]>("perm", []).Length ?? 0;
        if (rank < 2)
            throw new UserErrorException(ExitCode.ModelRejected, $"the rank of the constant '{matrix}' in a matrix product is not known.");
        long[] permutation = [.. Enumerable.Range(0, rank).Select(i => (long)i)];
        (permutation[^1], permutation[^2]) = (permutation[^2], permutation[^1]);
        return g.Transpose(matrix, permutation);
    }
}
