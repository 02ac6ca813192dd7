using Realtime.Filter.Attacks;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Models;

namespace Realtime.Filter.Tests.Models;

/// <summary>Every shipped gradient graph belongs to the classifier beside it and holds the gradient of its loss.</summary>
public sealed class ShippedGradientTests
{
    public static TheoryData<string> Classifiers => [.. ModelCatalog.Names().Where(name => ModelCatalog.Names().Contains(name + ".gradient"))];

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void The_graph_has_the_classifiers_logits_and_the_slope_of_its_loss(string name)
    {
        using OnnxClassifier classifier = OnnxClassifier.Open(name, threads: 1);
        using OnnxGradient graph = OnnxGradient.Open(name, threads: 1);
        Random random = new(1);
        float[] picture = [.. Enumerable.Range(0, graph.PictureLength).Select(_ => 0.3f + (0.4f * random.NextSingle()))];
        float[] wanted = new float[classifier.Labels.Count];
        classifier.Classify(picture, wanted, 1);

        // A label that is not the predicted one, so that the loss has a slope.
        long label = Array.IndexOf(wanted, wanted.Min());
        (float[] logits, _, float[] gradient) = Evaluate(graph, picture, label);
        Assert.Equal(classifier.Labels, graph.Labels);
        for (int k = 0; k < wanted.Length; k++)
            Assert.Equal(wanted[k], logits[k], 1e-3f);

        // Along the gradient itself the slope is its length. The step is short, because many Relus switch on a long one.
        double norm = Math.Sqrt(gradient.Sum(slope => (double)slope * slope));
        const float Step = 2e-3f;
        float above = Evaluate(graph, Move(picture, gradient, Step / norm), label).Loss, below = Evaluate(graph, Move(picture, gradient, -Step / norm), label).Loss;
        Assert.Equal(1, (above - below) / (2 * Step) / norm, 0.05);
    }

    private static float[] Move(float[] picture, float[] direction, double length) =>
        [.. picture.Zip(direction, (value, slope) => (float)(value + (length * slope)))];

    private static (float[] Logits, float Loss, float[] Gradient) Evaluate(OnnxGradient graph, float[] picture, long label)
    {
        float[] logits = new float[graph.Classes], loss = new float[1], gradient = new float[picture.Length];
        graph.Evaluate(picture, [label], logits, loss, gradient);
        return (logits, loss[0], gradient);
    }
}
