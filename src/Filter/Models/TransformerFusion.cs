using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Models;

/// <summary>
/// Rewrites the transformer blocks of our purifiers with the operators that ONNX Runtime has for them beyond the standard: a residual sum, with the linear
/// layer's bias in front of it and the layer norm behind it, becomes SkipLayerNormalization; the heads of a Split, their products and the softmax become
/// MultiHeadAttention. ONNX Runtime does the first by itself only where nobody else reads the sum, which in these blocks the next residual does, and the second
/// not in this form. Files stay standard ONNX: this happens when one is loaded. The sums are the same, in another order.
/// </summary>
public sealed class TransformerFusion
{
    private const string Domain = "com.microsoft";

    private static readonly long[] HeadsFirst = [0, 2, 1, 3], KeysLast = [0, 2, 3, 1];

    private readonly OnnxModel source;
    private readonly Dictionary<string, OnnxTensor> constants;
    private readonly Dictionary<string, OnnxNode> makers = new(StringComparer.Ordinal);
    private readonly ILookup<string, OnnxNode> readers;
    private readonly Dictionary<OnnxNode, OnnxNode> puts = new(ReferenceEqualityComparer.Instance);    // what stands there instead
    private readonly HashSet<OnnxNode> gone = new(ReferenceEqualityComparer.Instance);

    private TransformerFusion(OnnxModel source)
    {
        this.source = source;
        constants = source.Graph.Initializers.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (OnnxNode node in source.Graph.Nodes)
        {
            foreach (string output in node.Outputs)
                makers[output] = node;
        }

        readers = source.Graph.Nodes.SelectMany(node => node.Inputs.Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
    }

    /// <summary>The model with fused operators; <paramref name="model"/> itself where it has no block of that form. It stays as it is.</summary>
    /// <param name="model">A model of <c>./realtime export</c> or <c>quantize</c>: sums of the form residual + branch are taken to be of equal shapes, as they are there.</param>
    public static OnnxModel Fuse(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new TransformerFusion(model).Run();
    }

    private OnnxModel Run()
    {
        foreach (OnnxNode node in source.Graph.Nodes)
        {
            if (node.OpType == "LayerNormalization")
                FuseNorm(node);
            else if (node.OpType == "Split")
                FuseAttention(node);
        }

        if (puts.Count == 0)
            return source;
        OnnxGraph graph = new() { Name = source.Graph.Name };
        graph.Inputs.AddRange(source.Graph.Inputs);
        graph.Outputs.AddRange(source.Graph.Outputs);
        graph.Initializers.AddRange(source.Graph.Initializers);
        graph.Nodes.AddRange(source.Graph.Nodes.Where(node => !gone.Contains(node)).Select(node => puts.GetValueOrDefault(node, node)));
        OnnxModel fused = source.With(graph);
        fused.Opsets[Domain] = 1;
        return fused;
    }

    // norm(x + branch), norm(x + (product + bias)) or norm(tokens + positions)
    private void FuseNorm(OnnxNode norm)
    {
        if (norm.Inputs.Count < 3 || norm.Outputs.Count != 1 || norm.Attribute("axis", -1L) != -1 || Maker(norm.Inputs[0], "Add") is not { } sum)
            return;
        string[] scale = [norm.Inputs[1], norm.Inputs[2]];
        string[] inputs;
        if (Maker(sum.Inputs[1], "Add") is { } linear && IsBias(linear.Inputs[1]) && readers[linear.Outputs[0]].Count() == 1)
        {
            inputs = [sum.Inputs[0], linear.Inputs[0], .. scale, linear.Inputs[1]];
            gone.Add(linear);
        }
        else if (constants.ContainsKey(sum.Inputs[1]) && (Maker(sum.Inputs[0], "Transpose") ?? Maker(sum.Inputs[0], "LayerNormalization")) is not null)
        {
            inputs = [sum.Inputs[0], sum.Inputs[1], .. scale];      // one position for each token; a mean of tokens, made by something else, has another shape
        }
        else
        {
            return;
        }

        bool isRead = readers[sum.Outputs[0]].Count() > 1 || source.Graph.Outputs.Exists(output => output.Name == sum.Outputs[0]);
        string[] outputs = isRead ? [norm.Outputs[0], "", "", sum.Outputs[0]] : [norm.Outputs[0]];
        puts[sum] = new OnnxNode(norm.Name + "/skip", "SkipLayerNormalization", inputs, outputs, [OnnxAttribute.Of("epsilon", norm.Attribute("epsilon", 1e-5f))], Domain);
        gone.Add(norm);
    }

    // [B, T, 3D] in three parts -> [B, T, D]
    private void FuseAttention(OnnxNode split)
    {
        if (split.Outputs.Count != 3
            || Way(split.Outputs[0], "Reshape", "Transpose", "Mul", "MatMul", "Softmax", "MatMul", "Transpose", "Reshape") is not [var heads, var queries, var scaled, var scores, var softmax, var mixed, var joined, var end]
            || Way(split.Outputs[1], "Reshape", "Transpose") is not [var keyHeads, var keys]
            || Way(split.Outputs[2], "Reshape", "Transpose") is not [var valueHeads, var values]
            || scores.Inputs[1] != keys.Outputs[0] || mixed.Inputs[1] != values.Outputs[0]
            || !IsTransposed(queries, HeadsFirst) || !IsTransposed(keys, KeysLast) || !IsTransposed(values, HeadsFirst) || !IsTransposed(joined, HeadsFirst)
            || softmax.Attribute("axis", -1L) is not (-1 or 3)
            || !constants.TryGetValue(heads.Inputs[1], out OnnxTensor? shape) || shape.ElementCount != 4
            || !constants.TryGetValue(scaled.Inputs[1], out OnnxTensor? factor) || factor.ElementCount != 1)
        {
            return;
        }

        gone.UnionWith([heads, queries, scaled, scores, softmax, mixed, joined, keyHeads, keys, valueHeads, values]);
        puts[end] = new OnnxNode(
            end.Name + "/attention", "MultiHeadAttention", split.Outputs, end.Outputs, [OnnxAttribute.Of("num_heads", shape.AsInt64s()[2]), OnnxAttribute.Of("scale", factor.AsFloats()[0])], Domain);
    }

    private OnnxNode? Maker(string value, string type) => makers.TryGetValue(value, out OnnxNode? maker) && maker.OpType == type ? maker : null;

    private bool IsBias(string value) => constants.TryGetValue(value, out OnnxTensor? tensor) && tensor.Dimensions.Count == 1;

    private static bool IsTransposed(OnnxNode node, long[] order) => node.Attribute<long[]>("perm", []).SequenceEqual(order);

    // The nodes of these types from a value on, each the only reader of what is before it; null where it goes another way.
    private OnnxNode[]? Way(string value, params string[] types)
    {
        OnnxNode[] way = new OnnxNode[types.Length];
        for (int i = 0; i < types.Length; i++)
        {
            OnnxNode[] next = [.. readers[value]];
            if (next is not [var only] || only.OpType != types[i])
                return null;
            way[i] = only;
            value = only.Outputs[0];
        }

        return way;
    }
}
