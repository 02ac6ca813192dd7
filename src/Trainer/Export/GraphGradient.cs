using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Trainer.Export;

/// <summary>
/// Reverse-mode differentiation of a graph with respect to its input: appends the nodes that carry a gradient from a value back to the input.
/// The weights are used where they stand; nothing is copied.
/// </summary>
public sealed class GraphGradient
{
    private readonly OnnxModel model;
    private readonly OnnxGraphBuilder builder;
    private readonly string input;
    private readonly List<OnnxNode> path;
    private readonly HashSet<string> active;
    private readonly Dictionary<string, string> gradients = new(StringComparer.Ordinal);

    /// <summary>Prepares to differentiate.</summary>
    /// <param name="model">The graph; its first input is [N, ...] float32 with fixed sizes behind the batch.</param>
    /// <param name="builder">Continues the same graph and receives the new nodes.</param>
    public GraphGradient(OnnxModel model, OnnxGraphBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(builder);
        this.model = model;
        this.builder = builder;
        input = model.Graph.Inputs[0].Name;

        // A value is active where it depends on the input; only active values need a gradient.
        active = new HashSet<string>(StringComparer.Ordinal) { input };
        path = [];
        foreach (OnnxNode node in model.Graph.Nodes)
        {
            if (!node.Inputs.Any(active.Contains))
                continue;
            path.Add(node);
            active.UnionWith(node.Outputs);
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
            throw new ArgumentException($"'{value}' does not depend on '{input}'.", nameof(value));
        GradientRules rules = new(builder, model.Graph, new GraphShapes(model, active), active.Contains, Accumulate);
        gradients[value] = gradient;
        for (int i = path.Count - 1; i >= 0; i--)
        {
            // A node whose output has no gradient does not lie between the input and the value.
            if (path[i].Outputs.Count > 0 && gradients.TryGetValue(path[i].Outputs[0], out string? upstream))
                rules.Apply(path[i], upstream);
        }

        return gradients[input];
    }

    private void Accumulate(string value, string gradient) =>
        gradients[value] = gradients.TryGetValue(value, out string? sum) ? builder.Add(sum, gradient) : gradient;
}
