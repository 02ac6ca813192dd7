using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>
/// Reverse-mode differentiation of a graph with respect to its input: appends the nodes that carry a gradient from a value back to the input.
/// The weights are used where they stand; nothing is copied.
/// </summary>
public sealed class GraphGradient
{
    /// <summary>Operators whose outputs say nothing about the slope: sizes, comparisons, steps.</summary>
    private static readonly HashSet<string> Flat = new(StringComparer.Ordinal)
    {
        "Shape", "Size", "ConstantOfShape", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Not", "And", "Or", "ArgMax", "ArgMin",
        "Sign", "Floor", "Ceil", "Round", "IsNaN", "IsInf",
    };

    private readonly OnnxModel model;
    private readonly OnnxGraphBuilder builder;
    private readonly IReadOnlySet<string> straightThrough;
    private readonly string input;
    private readonly List<OnnxNode> path;
    private readonly HashSet<string> active;

    /// <summary>Prepares to differentiate.</summary>
    /// <param name="model">The graph; its first input is [N, ...] float32 with fixed sizes behind the batch.</param>
    /// <param name="builder">Continues the same graph and receives the new nodes.</param>
    /// <param name="straightThrough">Outputs of Clip nodes that count as the identity; none where null.</param>
    public GraphGradient(OnnxModel model, OnnxGraphBuilder builder, IReadOnlySet<string>? straightThrough = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(builder);
        this.model = model;
        this.builder = builder;
        this.straightThrough = straightThrough ?? new HashSet<string>();
        input = model.Graph.Inputs[0].Name;

        // A value is active where it depends on the input; only active values need a gradient.
        active = new HashSet<string>(StringComparer.Ordinal) { input };
        path = [];
        foreach (OnnxNode node in model.Graph.Nodes)
        {
            if (!node.Inputs.Any(active.Contains) || (node.Domain.Length == 0 && Flat.Contains(node.OpType)))
                continue;
            path.Add(node);
            active.UnionWith(node.Outputs.Where(output => output.Length > 0));
        }
    }

    /// <summary>Appends the gradient of a scalar with respect to the input, given its gradient with respect to <paramref name="value"/>.</summary>
    /// <param name="value">A value of the graph that depends on the input ("logits").</param>
    /// <param name="gradient">The value of the graph that holds d(scalar)/d(value), of the same shape.</param>
    /// <returns>The name of d(scalar)/d(input), of the input's shape.</returns>
    /// <exception cref="UserErrorException">An operator on the way has no rule here (model rejected).</exception>
    public string Append(string value, string gradient)
    {
        if (!active.Contains(value))
            throw new UserErrorException(ExitCode.ModelRejected, $"'{value}' does not depend on '{input}', or only by steps: there is no gradient to follow.");
        Backward backward = new(builder, model, active, straightThrough);
        GradientRules rules = new(backward);
        backward.Add(value, gradient);
        for (int i = path.Count - 1; i >= 0; i--)
        {
            // A node whose outputs have no gradient does not lie between the input and the value.
            if (path[i].Outputs.Any(output => backward.GradientOf(output) is not null))
                rules.Apply(path[i]);
        }

        return backward.GradientOf(input)
            ?? throw new UserErrorException(ExitCode.ModelRejected, $"no gradient of '{value}' reaches '{input}'.");
    }
}
