using Realtime.Filter.Attacks;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Models;

namespace Realtime.Filter.Tests.Models;

/// <summary>The gradient that is made from every shipped classifier is that of its loss.</summary>
public sealed class ShippedGradientTests
{
    public static TheoryData<string> Classifiers => [.. ModelCatalog.Names().Where(name => ModelDescription.Read(ModelCatalog.Resolve(name)).Kind == "classifier")];

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void The_victim_has_the_classifiers_logits_and_the_slope_of_its_loss(string name)
    {
        using OnnxClassifier classifier = OnnxClassifier.Open(name, threads: 1);
        using OnnxGradient victim = OnnxGradient.Open(name, threads: 1);
        Random random = new(1);
        float[] picture = [.. Enumerable.Range(0, victim.PictureLength).Select(_ => 0.3f + (0.4f * random.NextSingle()))];
        float[] wanted = new float[classifier.Labels.Count];
        classifier.Classify(picture, wanted, 1);

        // A label that is not the predicted one, so that the loss has a slope.
        long label = Array.IndexOf(wanted, wanted.Min());
        (float[] logits, _, float[] gradient) = Evaluate(victim, picture, label);
        Assert.Equal(classifier.Labels, victim.Labels);
        for (int k = 0; k < wanted.Length; k++)
            Assert.Equal(wanted[k], logits[k], 1e-3f);

        // Along the gradient itself the slope is its length. The step is short, because many Relus switch on a long one.
        double norm = Math.Sqrt(gradient.Sum(slope => (double)slope * slope));
        const float Step = 2e-3f;
        float above = Evaluate(victim, Move(picture, gradient, Step / norm), label).Loss, below = Evaluate(victim, Move(picture, gradient, -Step / norm), label).Loss;
        Assert.Equal(1, (above - below) / (2 * Step) / norm, 0.05);
    }

    private static float[] Move(float[] picture, float[] direction, double length) =>
        [.. picture.Zip(direction, (value, slope) => (float)(value + (length * slope)))];

    private static (float[] Logits, float Loss, float[] Gradient) Evaluate(OnnxGradient victim, float[] picture, long label)
    {
        float[] logits = new float[victim.Classes], loss = new float[1], gradient = new float[picture.Length];
        victim.Evaluate(picture, [label], logits, loss, gradient);
        return (logits, loss[0], gradient);
    }
}
