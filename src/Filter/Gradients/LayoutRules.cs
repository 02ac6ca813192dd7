using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>Operators that move elements.</summary>
internal sealed class LayoutRules(Backward backward)
{
    private readonly OnnxGraphBuilder g = backward.G;
    private readonly SelectionRules selections = new(backward);

    /// <summary>Applies the rule of <paramref name="node"/>, if it has one here.</summary>
    public bool TryApply(OnnxNode node)
    {
        if (node.OpType == "Concat")
            Concat(node);
        else if (node.OpType == "Split")
            backward.Add(node.Inputs[0], g.Concat(backward.Axis(node, 0), [.. node.Outputs.Select(GradientOrZeros)]));
        else if (backward.GradientOf(node.Outputs[0]) is string dy && Of(node, dy) is string gradient)
            backward.Add(node.Inputs[0], gradient);
        else
            return false;
        return true;
    }

    private string? Of(OnnxNode node, string dy) => node.OpType switch
    {
        "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" => g.Reshape(dy, backward.Shapes.Of(node.Inputs[0])),
        "Transpose" => g.Transpose(dy, Inverse(node.Attribute<long[]?>("perm", null) ?? [.. Enumerable.Range(0, Rank(node)).Select(i => (long)i).Reverse()])),
        "DepthToSpace" => DepthToSpace(node, dy),
        "SpaceToDepth" => g.DepthToSpace(dy, node.Attribute("blocksize", 1L), channelsFirst: false),
        "Slice" => selections.Slice(node, dy),
        "Gather" => selections.Gather(node, dy),
        "Pad" => selections.Pad(node, dy),
        _ => null,
    };

    private static long[] Inverse(long[] permutation)
    {
        long[] inverse = new long[permutation.Length];
        for (int i = 0; i < permutation.Length; i++)
            inverse[permutation[i]] = i;
        return inverse;
    }

    private int Rank(OnnxNode node) => backward.Shapes.Of(node.Inputs[0]).Length;

    private string GradientOrZeros(string value) =>
        backward.GradientOf(value) ?? g.Node("ConstantOfShape", [g.Node("Shape", [value])]);

    private void Concat(OnnxNode node)
    {
        string dy = backward.GradientOf(node.Outputs[0])!;
        long axis = backward.Axis(node, 0);
        long[] sizes = [.. node.Inputs.Select(input => backward.Shapes.Of(input)[axis])];
        if (sizes.Contains(GraphShapes.Batch))
            throw Backward.Refusal(node, "it joins along the batch");
        string[] parts = g.Split(dy, axis, sizes);
        for (int i = 0; i < parts.Length; i++)
        {
            if (backward.IsActive(node.Inputs[i]))
                backward.Add(node.Inputs[i], parts[i]);
        }
    }

    private string DepthToSpace(OnnxNode node, string dy)
    {
        long block = node.Attribute("blocksize", 1L);
        if (node.Attribute("mode", "DCR") == "DCR")
            return g.Node("SpaceToDepth", [dy], OnnxAttribute.Of("blocksize", block));
        long[] shape = backward.Shapes.Of(node.Inputs[0]);
        string cut = g.Reshape(dy, -1, shape[1] / (block * block), shape[2], block, shape[3], block);
        return g.Reshape(g.Transpose(cut, 0, 1, 3, 5, 2, 4), shape);
    }
}
