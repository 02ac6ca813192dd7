using Realtime.Filter.Attacks;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Errors;
using Realtime.Filter.Models.Onnx;
using Realtime.Filter.Tests.Attacks;

namespace Realtime.Filter.Tests.Classifiers;

public sealed class OnnxClassifierTests : IDisposable
{
    private readonly TinyVictim victim = new();

    public void Dispose() => victim.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 2)]
    [InlineData(71, 2)]
    public void Logits_are_the_models_whatever_the_batch_and_the_threads(int count, int threads)
    {
        using OnnxClassifier classifier = OnnxClassifier.Open(victim.Path, threads);
        float[] pictures = Pictures(count, seed: count), logits = new float[3 * count];
        classifier.Classify(pictures, logits, count);

        LinearVictim expected = Expected();
        float[] wanted = new float[3 * count];
        expected.Evaluate(pictures, new long[count], wanted, new float[count], new float[pictures.Length]);
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], logits[i], 1e-4f);
        Assert.Equal(["red", "green", "blue"], classifier.Labels);
        Assert.Equal((4, 3, "tiny"), (classifier.Width, classifier.Height, classifier.Name));
    }

    [Fact]
    public void Other_buffers_and_counts_are_bound_anew()
    {
        using OnnxClassifier classifier = OnnxClassifier.Open(victim.Path, threads: 1);
        float[] first = Pictures(2, seed: 1), second = Pictures(2, seed: 2), a = new float[6], b = new float[6], c = new float[3];
        classifier.Classify(first, a, 2);
        classifier.Classify(second, b, 2);
        classifier.Classify(second.AsMemory(36), c, 1);

        Assert.NotEqual(a, b);
        Assert.Equal(b[3..], c);
        second[0] += 0.5f;
        classifier.Classify(second, b, 2);
        Assert.NotEqual(c[0], b[0]);
    }

    [Fact]
    public void The_gradient_is_made_from_the_classifier_and_answers_as_it_should()
    {
        using OnnxGradient gradient = OnnxGradient.Open(victim.Path, threads: 2);
        LinearVictim expected = Expected();
        foreach (int count in (int[])[7, 2, 40])
        {
            float[] pictures = Pictures(count, seed: 3);
            long[] labels = [.. Enumerable.Range(0, count).Select(n => n % 3L)];
            (float[] Logits, float[] Loss, float[] Gradient) found = Evaluate(gradient, pictures, labels), wanted = Evaluate(expected, pictures, labels);

            AssertNear(wanted.Logits, found.Logits);
            AssertNear(wanted.Loss, found.Loss);
            AssertNear(wanted.Gradient, found.Gradient);
        }

        Assert.Equal((3, 36), (gradient.Classes, gradient.PictureLength));
    }

    [Fact]
    public void Predictions_and_gradients_of_changing_batches_do_not_disturb_each_other()
    {
        using OnnxGradient gradient = OnnxGradient.Open(victim.Path, threads: 1);
        LinearVictim expected = Expected();
        foreach (int count in (int[])[3, 1, 5])
        {
            float[] pictures = Pictures(count, seed: 4), logits = new float[count * 3];
            gradient.Predict(pictures, logits);

            AssertNear(Evaluate(expected, pictures, new long[count]).Logits, logits);
            AssertNear(Evaluate(expected, pictures, new long[count]).Gradient, Evaluate(gradient, pictures, new long[count]).Gradient);
        }
    }

    [Theory]
    [InlineData("cifar10")]
    [InlineData("solids")]
    public void The_gradients_of_the_shipped_graphs_are_the_finite_differences(string name)
    {
        using OnnxGradient gradient = OnnxGradient.Open(name, threads: 1);
        Random random = new(2);
        float[] pictures = [.. Enumerable.Range(0, 2 * gradient.PictureLength).Select(i => 0.5f + (0.3f * MathF.Sin(i / 40f)) + (0.1f * random.NextSingle()))];

        Assert.InRange(GradientCheck.LargestError(gradient, pictures, new CrossEntropyLoss([1, 2]), 2, new Random(1), directions: 4, step: 3e-3f), 0, 0.1);
        Assert.InRange(GradientCheck.LargestError(gradient, pictures, new MarginLoss([1, 2]), 2, new Random(1), directions: 4, step: 3e-3f), 0, 0.1);
    }

    [Fact]
    public void Every_loss_has_its_gradient()
    {
        using OnnxGradient gradient = OnnxGradient.Open(victim.Path, threads: 1);
        float[] pictures = Pictures(3, seed: 5);
        long[] labels = [0, 1, 2], targets = [1, 2, 0];
        ILogitLoss[] losses =
        [
            new CrossEntropyLoss(labels), new NegatedLoss(new CrossEntropyLoss(labels)), new MarginLoss(labels), new NegatedLoss(new MarginLoss(labels)),
            new LogitDifference(labels, targets), new SingleLogit(labels),
        ];

        foreach (ILogitLoss loss in losses)
            Assert.InRange(GradientCheck.LargestError(gradient, pictures, loss, 3, new Random(1)), 0, 0.01);
        Assert.InRange(GradientCheck.LargestError(gradient, pictures, new DlrLoss(labels), 3, new Random(1), step: 1e-3f), 0, 0.05);
    }

    [Fact]
    public void Labels_that_are_not_given_are_numbered()
    {
        using TinyVictim plain = new(labels: "");
        using OnnxClassifier classifier = OnnxClassifier.Open(plain.Path);

        Assert.Equal(["class 0", "class 1", "class 2"], classifier.Labels);
    }

    [Fact]
    public void Labels_of_another_number_are_refused()
    {
        using TinyVictim wrong = new(labels: "red,green");

        AssertRejected(() => OnnxClassifier.Open(wrong.Path), "2 classes", "3 logits");
    }

    [Fact]
    public void A_missing_classifier_is_named() => AssertRejected(() => OnnxGradient.Open(victim.PathOf("other.onnx")), "other.onnx");

    [Fact]
    public void A_classifier_of_one_picture_at_a_time_is_refused()
    {
        OnnxGraphBuilder g = new();
        g.Output(g.Flatten(g.Input("picture", 1, 3, 2, 2)), "logits", 1, 12);
        string path = victim.PathOf("fixed.onnx");
        OnnxWriter.Write(g.Build(), path);

        AssertRejected(() => OnnxClassifier.Open(path), "N free", "[1, 3, 2, 2]");
    }

    private static void AssertRejected(Action open, params string[] named)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(open);
        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.All(named, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static (float[] Logits, float[] Loss, float[] Gradient) Evaluate(IGradient victim, float[] pictures, long[] labels)
    {
        float[] logits = new float[3 * labels.Length], loss = new float[labels.Length], gradient = new float[pictures.Length];
        victim.Evaluate(pictures, labels, logits, loss, gradient);
        return (logits, loss, gradient);
    }

    private static void AssertNear(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-4f);
    }

    private static float[] Pictures(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count * 36).Select(_ => random.NextSingle())];
    }

    private LinearVictim Expected() => new([victim.Weights[..36], victim.Weights[36..72], victim.Weights[72..]]);
}
