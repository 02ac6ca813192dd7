using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>The gradient of each operator: how the gradients of a node's outputs become gradients of its inputs.</summary>
/// <param name="backward">The backward pass.</param>
internal sealed class GradientRules(Backward backward)
{
    private readonly ActivationRules activations = new(backward);
    private readonly ArithmeticRules arithmetic = new(backward);
    private readonly LayoutRules layout = new(backward);
    private readonly NormRules norms = new(backward);
    private readonly ProductRules products = new(backward);

    /// <summary>Applies the rule of <paramref name="node"/>.</summary>
    /// <param name="node">A node with at least one active input, one of whose outputs has a gradient.</param>
    /// <exception cref="UserErrorException">There is no rule for it (model rejected).</exception>
    public void Apply(OnnxNode node)
    {
        if (node.Domain is not ("" or "ai.onnx"))
            throw Backward.Refusal(node, $"operators of '{node.Domain}' have no gradient rule here");
        if (layout.TryApply(node))
            return;
        string dy = backward.GradientOf(node.Outputs[0]) ?? throw Backward.Refusal(node, "a second output is used, and that has no gradient rule here");
        if (arithmetic.TryApply(node, dy))
            return;
        if (node.OpType == "MatMul")
        {
            products.MatMul(node, dy);
            return;
        }

        // The others have one input that may depend on the picture.
        string? gradient = backward.OnlyFirstActive(node) ? activations.Of(node, dy) ?? norms.Of(node, dy) ?? products.Of(node, dy) : null;
        backward.Add(node.Inputs[0], gradient ?? throw Backward.Refusal(node, "with these settings it has no gradient rule here"));
    }
}
