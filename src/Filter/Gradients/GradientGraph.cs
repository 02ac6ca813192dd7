using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Filter.Gradients;

/// <summary>Appends the backward pass to a model that leads from pictures to logits, so that attacks need no training library.</summary>
public static class GradientGraph
{
    /// <summary>
    /// Keeps input `picture` [N, 3, H, W] and output `logits` [N, K], and adds inputs `slope` [N, K] and `share` [N, 1] and output `gradient`
    /// [N, 3, H, W]: the slope of sum(slope * logits) + share * logsumexp(logits) of each picture on its own. So one run gives the gradient of any
    /// loss whose slope at these logits is known (share 0), and of the cross-entropy against y before its logits are known (share 1, slope -1 at y).
    /// </summary>
    /// <param name="model">The model; left as it is.</param>
    /// <param name="straightThrough">Outputs of Clip nodes that the backward pass takes for the identity; none where null.</param>
    /// <exception cref="UserErrorException">Other inputs or outputs than those, or an operator without a gradient rule (model rejected).</exception>
    public static OnnxModel From(OnnxModel model, IReadOnlySet<string>? straightThrough = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        OnnxGraph forward = model.Graph;
        long classes = ThrowIfNotClassifier(forward);

        OnnxGraph graph = forward.Copy();
        graph.Name += ".gradient";
        OnnxGraphBuilder g = new(graph);

        string slope = g.Input("slope", OnnxDimension.Batch, classes);
        string share = g.Input("share", OnnxDimension.Batch, 1);
        string seed = g.Add(slope, g.Mul(g.Softmax("logits"), share));
        string gradient = new GraphGradient(model, g, straightThrough).Append("logits", seed);
        g.Output(gradient, "gradient", [.. forward.Inputs[0].Dimensions!]);
        return model.With(graph);
    }

    private static long ThrowIfNotClassifier(OnnxGraph graph)
    {
        bool fits = graph.Inputs is [{ Name: "picture", ElementType: OnnxElementType.Float, Dimensions: [{ Size: null }, { Size: 3 }, { Size: > 0 }, { Size: > 0 }] }]
            && graph.Outputs is [{ Name: "logits", ElementType: OnnxElementType.Float, Dimensions: [{ Size: null }, { Size: > 1 }] }];
        if (!fits)
        {
            throw new UserErrorException(
                ExitCode.ModelRejected,
                $"a classifier takes picture [N,3,H,W] and gives logits [N,K]; found {string.Join(", ", graph.Inputs)} -> {string.Join(", ", graph.Outputs)}.");
        }

        return graph.Outputs[0].Dimensions![1].Size!.Value;
    }
}
