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
}
