namespace Realtime.Filter.Models.Onnx;

/// <summary>A graph: nodes in an order in which each can be computed, and the constants they use.</summary>
public sealed class OnnxGraph
{
    /// <summary>The graph's name.</summary>
    public string Name { get; set; } = "graph";

    /// <summary>Operations; a node stands after all those whose outputs it takes.</summary>
    public List<OnnxNode> Nodes { get; } = [];

    /// <summary>Constants by name, in file order.</summary>
    public List<OnnxTensor> Initializers { get; } = [];

    /// <summary>What is fed. Files of old versions list initializers here too.</summary>
    public List<OnnxValue> Inputs { get; } = [];

    /// <summary>What can be fetched.</summary>
    public List<OnnxValue> Outputs { get; } = [];

    /// <summary>The initializer called <paramref name="name"/>, or null.</summary>
    public OnnxTensor? FindInitializer(string name) => Initializers.Find(tensor => tensor.Name == name);

    /// <summary>The nodes that read a value; one that reads it twice stands there once.</summary>
    public IReadOnlyList<OnnxNode> FindReaders(string value) => [.. Nodes.Where(node => node.Inputs.Contains(value))];

    /// <summary>A graph of the same nodes, tensors and values, in lists of its own.</summary>
    /// <param name="outputs">What can be fetched of it; null for the same as here.</param>
    public OnnxGraph Copy(IEnumerable<OnnxValue>? outputs = null)
    {
        OnnxGraph copy = new() { Name = Name };
        copy.Nodes.AddRange(Nodes);
        copy.Initializers.AddRange(Initializers);
        copy.Inputs.AddRange(Inputs);
        copy.Outputs.AddRange(outputs ?? Outputs);
        return copy;
    }

    /// <summary>The node that computes a value, looked for behind Identity nodes; null where none does.</summary>
    /// <param name="value">A value of the graph.</param>
    public OnnxNode? FindMaker(string value)
    {
        OnnxNode? node = Nodes.Find(one => one.Outputs.Contains(value));
        return node is { OpType: "Identity" } ? FindMaker(node.Inputs[0]) : node;
    }
}
