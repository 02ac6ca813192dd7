using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;

namespace Realtime.Trainer.Export;

/// <summary>Turns an exported classifier into its gradient graph, so that attacks need no training library.</summary>
public static class GradientGraph
{
    /// <summary>The metadata value of realtime.kind for gradient graphs.</summary>
    public const string Kind = "gradient";

    /// <summary>
    /// Adds input `label` int64 [N] and outputs `loss` [N] (cross-entropy of each picture) and `gradient` [N, 3, H, W] (of each picture's own
    /// loss) to a classifier `picture` [N, 3, H, W] -> `logits` [N, K].
    /// </summary>
    /// <param name="classifier">The classifier; left as it is.</param>
    /// <exception cref="UserErrorException">Other inputs or outputs than those, or an operator without a gradient rule (model rejected).</exception>
    public static OnnxModel From(OnnxModel classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        OnnxGraph forward = classifier.Graph;
        long classes = ThrowIfNotClassifier(forward);

        OnnxGraph graph = new() { Name = forward.Name + ".gradient" };
        graph.Nodes.AddRange(forward.Nodes);
        graph.Initializers.AddRange(forward.Initializers);
        graph.Inputs.AddRange(forward.Inputs);
        graph.Outputs.AddRange(forward.Outputs);
        OnnxGraphBuilder g = new(graph);

        GraphGradient backward = new(classifier, g);
        string label = g.Input("label", OnnxElementType.Int64, OnnxDimension.Batch);
        string logProbabilities = g.LogSoftmax("logits");
        string oneHot = g.Node("OneHot", [label, g.Indices(classes), g.Constant([0f, 1f], 2)], OnnxAttribute.Of("axis", -1));
        string loss = g.Neg(g.ReduceSum(g.Mul(oneHot, logProbabilities), keepDimensions: false, 1));

        // The gradient of the cross-entropy with respect to the logits: softmax minus one-hot.
        string gradient = backward.Append("logits", g.Sub(g.Softmax("logits"), oneHot));
        g.Output(loss, "loss", OnnxDimension.Batch);
        g.Output(gradient, "gradient", [.. forward.Inputs[0].Dimensions!]);

        OnnxModel model = g.Build();
        model.Opsets.Clear();
        foreach ((string domain, long version) in classifier.Opsets)
            model.Opsets[domain] = version;
        model.IrVersion = classifier.IrVersion;
        foreach ((string key, string value) in classifier.Metadata)
            model.Metadata[key] = value;
        model.Metadata["realtime.kind"] = Kind;
        return model;
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
