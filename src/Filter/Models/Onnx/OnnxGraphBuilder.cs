using System.Globalization;

namespace Realtime.Filter.Models.Onnx;

/// <summary>
/// Builds a graph node by node. Every method takes the names of values and returns the name of the value it makes, so that a network reads as
/// it computes. Weights are named by the caller, with the torch state names.
/// </summary>
/// <remarks>
/// Opset 20, because it has the exact Gelu as one operator: ONNX Runtime runs the same kernel for it as for the five Erf nodes that it fuses
/// in older opsets, without depending on that fusion, and other readers of our files see one node.
/// </remarks>
public sealed partial class OnnxGraphBuilder
{
    /// <summary>The operator set of all graphs made here.</summary>
    public const int Opset = 20;

    private readonly OnnxGraph graph;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>Starts an empty graph.</summary>
    /// <param name="name">The graph's name.</param>
    public OnnxGraphBuilder(string name = "graph") => graph = new OnnxGraph { Name = name };

    /// <summary>Continues a graph, which is changed in place.</summary>
    public OnnxGraphBuilder(OnnxGraph existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        graph = existing;
        foreach (OnnxTensor tensor in graph.Initializers)
            names.Add(tensor.Name);
        foreach (OnnxValue input in graph.Inputs)
            names.Add(input.Name);
        foreach (OnnxNode node in graph.Nodes)
        {
            names.Add(node.Name);
            names.UnionWith(node.Outputs);
        }
    }

    /// <summary>Declares a float32 input.</summary>
    /// <param name="name">Its name ("picture").</param>
    /// <param name="dimensions">Its shape; <see cref="OnnxDimension.Batch"/> for N.</param>
    public string Input(string name, params OnnxDimension[] dimensions) => Input(name, OnnxElementType.Float, dimensions);

    /// <summary>Declares an input.</summary>
    /// <param name="name">Its name ("label").</param>
    /// <param name="elementType">Type of its elements.</param>
    /// <param name="dimensions">Its shape; <see cref="OnnxDimension.Batch"/> for N.</param>
    public string Input(string name, OnnxElementType elementType, params OnnxDimension[] dimensions)
    {
        Claim(name);
        graph.Inputs.Add(new OnnxValue(name, elementType, dimensions));
        return name;
    }

    /// <summary>Declares a float32 output.</summary>
    /// <param name="value">The value to give out.</param>
    /// <param name="name">The name it is fetched by ("logits").</param>
    /// <param name="dimensions">Its shape; <see cref="OnnxDimension.Batch"/> for N.</param>
    public void Output(string value, string name, params OnnxDimension[] dimensions)
    {
        if (value != name)
            graph.Nodes.Add(new OnnxNode(Unique("Identity"), "Identity", [value], [Claim(name)], []));
        graph.Outputs.Add(new OnnxValue(name, OnnxElementType.Float, dimensions));
    }

    /// <summary>Adds a float32 constant, usually a weight.</summary>
    /// <param name="name">Its name, the torch state name for weights.</param>
    /// <param name="values">Row-major.</param>
    /// <param name="dimensions">Its shape; none for a scalar.</param>
    public string Initializer(string name, ReadOnlySpan<float> values, params IReadOnlyList<long> dimensions) =>
        Add(OnnxTensor.Of(Claim(name), values, dimensions));

    /// <summary>A float32 scalar under a name of its own.</summary>
    public string Constant(float value) => Add(OnnxTensor.Of(Unique("scalar"), [value]));

    /// <summary>A float32 constant under a name of its own.</summary>
    public string Constant(ReadOnlySpan<float> values, params IReadOnlyList<long> dimensions) =>
        Add(OnnxTensor.Of(Unique("constant"), values, dimensions));

    /// <summary>An int64 vector (sizes, axes) under a name of its own.</summary>
    public string Indices(params ReadOnlySpan<long> values) => Add(OnnxTensor.OfInt64(Unique("indices"), values, values.Length));

    /// <summary>Adds any operator with one output.</summary>
    /// <param name="opType">Operator of opset 20.</param>
    /// <param name="inputs">Its inputs; an empty name leaves an optional one out.</param>
    /// <param name="attributes">Its settings.</param>
    public string Node(string opType, IReadOnlyList<string> inputs, params OnnxAttribute[] attributes) => Nodes(opType, inputs, 1, attributes)[0];

    /// <summary>Adds any operator with several outputs.</summary>
    /// <param name="opType">Operator of opset 20.</param>
    /// <param name="inputs">Its inputs; an empty name leaves an optional one out.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="attributes">Its settings.</param>
    /// <exception cref="ArgumentException">An input is not a value of this graph.</exception>
    public string[] Nodes(string opType, IReadOnlyList<string> inputs, int outputs, params OnnxAttribute[] attributes)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (string input in inputs)
        {
            if (input.Length > 0 && !names.Contains(input))
                throw new ArgumentException($"{opType} takes '{input}', which the graph does not have yet.", nameof(inputs));
        }

        string name = Unique(opType);
        string[] results = outputs == 1 ? [name] : [.. Enumerable.Range(0, outputs).Select(i => Claim($"{name}.{i}"))];
        graph.Nodes.Add(new OnnxNode(name, opType, [.. inputs], results, attributes));
        return results;
    }

    /// <summary>Makes a node of this graph give further outputs, behind those it has.</summary>
    /// <param name="node">A node that stands in the graph.</param>
    /// <param name="outputs">Their number.</param>
    /// <returns>Their names.</returns>
    public string[] AddOutputs(OnnxNode node, int outputs)
    {
        ArgumentNullException.ThrowIfNull(node);
        int at = graph.Nodes.IndexOf(node);
        ArgumentOutOfRangeException.ThrowIfNegative(at, nameof(node));
        string[] further = [.. Enumerable.Range(node.Outputs.Count, outputs).Select(i => Unique($"{node.Outputs[0]}.{i}"))];
        graph.Nodes[at] = node with { Outputs = [.. node.Outputs, .. further] };
        return further;
    }

    /// <summary>Puts other nodes in the place of one, under the name of its first output.</summary>
    /// <param name="node">A node that stands in the graph.</param>
    /// <param name="build">Adds at least one node; the last one makes what the replaced node made.</param>
    public void Replace(OnnxNode node, Action build)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(build);
        int at = graph.Nodes.IndexOf(node);
        ArgumentOutOfRangeException.ThrowIfNegative(at, nameof(node));
        graph.Nodes.RemoveAt(at);
        int first = graph.Nodes.Count;
        build();
        OnnxNode[] made = [.. graph.Nodes[first..]];
        made[^1] = made[^1] with { Outputs = [node.Outputs[0]] };
        graph.Nodes.RemoveRange(first, made.Length);
        graph.Nodes.InsertRange(at, made);
    }

    /// <summary>The finished model; metadata can be added to it.</summary>
    public OnnxModel Build()
    {
        if (graph.Outputs.Count == 0)
            throw new InvalidOperationException($"Graph '{graph.Name}' has no output.");
        OnnxModel model = new() { Graph = graph };
        model.Opsets[""] = Opset;
        return model;
    }

    private string Add(OnnxTensor tensor)
    {
        graph.Initializers.Add(tensor);
        return tensor.Name;
    }

    private string Claim(string name)
    {
        if (!names.Add(name))
            throw new ArgumentException($"The graph has a value '{name}' already.", nameof(name));
        return name;
    }

    // Weights such as "conv1.weight" cannot collide with "Conv_12"; a caller's own "Conv_12" is stepped over.
    private string Unique(string stem)
    {
        int number = graph.Nodes.Count + graph.Initializers.Count;
        string name;
        do
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{number++}");
        while (!names.Add(name));
        return name;
    }
}
