using System.Runtime.InteropServices;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>The backward pass as it grows: the graph it is written to, what is known of the forward pass, and the gradients found so far.</summary>
/// <param name="g">Receives the new nodes.</param>
/// <param name="model">What is differentiated.</param>
/// <param name="active">Values that depend on the input.</param>
/// <param name="straightThrough">Outputs of Clip nodes that count as the identity.</param>
internal sealed class Backward(OnnxGraphBuilder g, OnnxModel model, HashSet<string> active, IReadOnlySet<string> straightThrough)
{
    private readonly Dictionary<string, string> gradients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTensor> constants = Constants(model.Graph);

    /// <summary>Receives the new nodes.</summary>
    public OnnxGraphBuilder G => g;

    /// <summary>Version of the standard operator set.</summary>
    public long Opset => model.Opset;

    /// <summary>Shapes of the forward values.</summary>
    public GraphShapes Shapes { get; } = new(model);

    /// <summary>Whether a value depends on the picture.</summary>
    public bool IsActive(string value) => active.Contains(value);

    /// <summary>Whether no input but the first depends on the picture.</summary>
    public bool OnlyFirstActive(OnnxNode node) => !node.Inputs.Skip(1).Any(IsActive);

    /// <summary>Whether a Clip counts as the identity.</summary>
    public bool IsStraightThrough(OnnxNode node) => straightThrough.Contains(node.Outputs[0]);

    /// <summary>The node that takes a forward value, or null where several do or it is an output.</summary>
    public OnnxNode? OnlyUserOf(string value)
    {
        OnnxNode[] users = [.. model.Graph.Nodes.Where(node => node.Inputs.Contains(value)).Take(2)];
        return users.Length == 1 && model.Graph.Outputs.TrueForAll(output => output.Name != value) ? users[0] : null;
    }

    /// <summary>The tensor of an initializer or a Constant node, or null.</summary>
    public OnnxTensor? ConstantOf(string value) => constants.GetValueOrDefault(value);

    /// <summary>The name of the gradient of a value, or null where it has none (yet).</summary>
    public string? GradientOf(string value) => gradients.GetValueOrDefault(value);

    /// <summary>Adds a gradient to that of a value.</summary>
    public void Add(string value, string gradient) =>
        gradients[value] = gradients.TryGetValue(value, out string? sum) ? g.Add(sum, gradient) : gradient;

    /// <summary>Gives input <paramref name="index"/>, if it is active, a gradient of the output's shape, summed over the dimensions along which the operator repeated it.</summary>
    public void AddRepeated(OnnxNode node, int index, Func<string> gradient)
    {
        string input = node.Inputs[index];
        if (IsActive(input))
            Add(input, Summed(gradient(), Shapes.Of(node.Outputs[0]), Shapes.Of(input)));
    }

    /// <summary>Sums a value of shape <paramref name="full"/> over the dimensions that <paramref name="target"/> lacks or has as 1.</summary>
    public string Summed(string value, long[] full, long[] target)
    {
        int front = full.Length - target.Length;
        long[] axes = [.. Enumerable.Range(0, full.Length).Where(i => i < front || (target[i - front] == 1 && full[i] != 1)).Select(i => (long)i)];
        return axes.Length == 0 ? value : g.Reshape(g.ReduceSum(value, keepDimensions: true, axes), target);
    }

    /// <summary>The attribute axis, counted from the front.</summary>
    public long Axis(OnnxNode node, long missing)
    {
        long axis = node.Attribute("axis", missing);
        return axis < 0 ? axis + Shapes.Of(node.Inputs[0]).Length : axis;
    }

    /// <summary>A list of sizes or places: a constant input of younger operator sets, an attribute of older ones; null where the node has neither.</summary>
    /// <exception cref="UserErrorException">It is computed.</exception>
    public long[]? Integers(OnnxNode node, int index, string attribute)
    {
        if (index >= node.Inputs.Count || node.Inputs[index].Length == 0)
            return node.Attribute<long[]?>(attribute, null);
        return ConstantOf(node.Inputs[index]) switch
        {
            { ElementType: OnnxElementType.Int64 } tensor => tensor.AsInt64s().ToArray(),
            { ElementType: OnnxElementType.Int32 } tensor => [.. MemoryMarshal.Cast<byte, int>(tensor.RawData.Span).ToArray().Select(i => (long)i)],
            _ => throw Refusal(node, $"its {attribute} are computed, not constant"),
        };
    }

    /// <summary>The axes that a reduction goes over, counted from the front.</summary>
    public long[] ReducedAxes(OnnxNode node)
    {
        int rank = Shapes.Of(node.Inputs[0]).Length;
        long[] axes = Integers(node, 1, "axes") ?? [];
        if (axes.Length == 0)
            axes = [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        axes = [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];
        return axes.Any(axis => Shapes.Of(node.Inputs[0])[axis] == GraphShapes.Batch)
            ? throw Refusal(node, "it reduces over the batch, which makes pictures influence each other")
            : axes;
    }

    /// <summary>What to throw where a node has no rule.</summary>
    public static UserErrorException Refusal(OnnxNode node, string why) => new(
        ExitCode.ModelRejected,
        $"node '{node.Name}' ({node.OpType}) cannot be differentiated: {why}. Attack this model through torch, or change the layer.");

    private static Dictionary<string, OnnxTensor> Constants(OnnxGraph graph)
    {
        Dictionary<string, OnnxTensor> found = graph.Initializers.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (OnnxNode node in graph.Nodes.Where(node => node.OpType == "Constant"))
        {
            if (node.Attribute<object?>("value", null) is OnnxTensor tensor)
                found[node.Outputs[0]] = tensor;
        }

        return found;
    }
}
