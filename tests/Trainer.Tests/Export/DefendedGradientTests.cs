using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Filter.Gradients;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Export;

/// <summary>The gradient through purifier and classifier in ONNX Runtime against autograd through the same nets.</summary>
public sealed class DefendedGradientTests : IDisposable
{
    private const int Count = 3;

    private static readonly long[] Labels = [0, 2, 1];

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-defended-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("convolutional")]
    [InlineData("plain")]
    [InlineData("tiles")]
    public void It_is_that_of_autograd_for_every_loss(string kind)
    {
        PurifierArchitecture architecture = kind switch
        {
            "convolutional" => TinyNets.Convolutional,
            "plain" => TinyNets.Plain,
            _ => TinyNets.Convolutional with { Size = 8 },          // four tiles a picture
        };
        using MaskedAutoencoderPurifier purifier = TinyNets.Purifier(architecture);
        using ResNetClassifier classifier = TinyNets.NewClassifier();
        classifier.eval();
        DefendedModel model = DefendedModel.Of(PurifierExporter.Build(purifier), "purifier", ClassifierExporter.Build(classifier), "classifier");
        using OnnxGradient found = OnnxGradient.Open(model, threads: 2);
        TorchGradient expected = new(x => classifier.call(Limited(purifier.Purify(x))), 16, 3);

        foreach (ILogitLoss loss in (ILogitLoss[])[new CrossEntropyLoss(Labels), new NegatedLoss(new CrossEntropyLoss(Labels)), new MarginLoss(Labels), new SingleLogit(Labels)])
            AssertSame(Evaluate(expected, loss), Evaluate(found, loss));
        float[] logits = new float[Count * 3];
        found.Predict(Pictures(), logits);
        AssertNear(Evaluate(expected, new MarginLoss(Labels)).Logits, logits);
    }

    [Fact]
    public void The_limit_to_the_range_of_pixels_counts_forward_and_not_backward()
    {
        // Pictures at the ends of the range: the purifier's sum leaves it at many pixels.
        using MaskedAutoencoderPurifier purifier = TinyNets.Purifier(TinyNets.Convolutional);
        using ResNetClassifier classifier = TinyNets.NewClassifier();
        classifier.eval();
        using OnnxGradient found = OnnxGradient.Open(DefendedModel.Of(PurifierExporter.Build(purifier), "p", ClassifierExporter.Build(classifier), "c"), threads: 1);
        float[] pictures = [.. Pictures().Select(value => MathF.Round(value))];
        MarginLoss loss = new(Labels);

        TorchGradient through = new(x => classifier.call(Limited(purifier.Purify(x))), 16, 3), hindered = new(x => classifier.call(purifier.Purify(x).clamp(0f, 1f)), 16, 3);
        AssertSame(Evaluate(through, loss, pictures), Evaluate(found, loss, pictures));
        AssertNear(Evaluate(hindered, loss, pictures).Logits, Evaluate(found, loss, pictures).Logits);
        float[] stopped = Evaluate(hindered, loss, pictures).Gradient;
        Assert.True(stopped.Zip(Evaluate(found, loss, pictures).Gradient).Count(pair => MathF.Abs(pair.First - pair.Second) > 1e-4f) > 100, "nothing was limited: this shows nothing");
    }

    [Fact]
    public void Weights_of_a_training_run_and_exported_files_give_the_same()
    {
        using MaskedAutoencoderPurifier purifier = TinyNets.Purifier(TinyNets.Convolutional);
        using ResNetClassifier classifier = TinyNets.NewClassifier();
        classifier.eval();
        string purifierPath = Path.Combine(folder, "p" + Weights.Ending), classifierPath = Path.Combine(folder, "c" + Weights.Ending);
        Weights.Save(purifierPath, purifier, purifier.Architecture, new Dictionary<string, string>());
        Weights.Save(classifierPath, classifier, classifier.Architecture, new Dictionary<string, string> { ["labels"] = "a,b,c" });
        OnnxWriter.Write(PurifierExporter.Build(purifier), Path.Combine(folder, "p.onnx"));
        OnnxWriter.Write(ClassifierExporter.Build(classifier), Path.Combine(folder, "c.onnx"));

        using OnnxGradient weights = DefendedGradient.Open(purifierPath, classifierPath, threads: 1);
        using OnnxGradient files = DefendedGradient.Open(Path.Combine(folder, "p.onnx"), Path.Combine(folder, "c.onnx"), threads: 1);
        AssertSame(Evaluate(files, new CrossEntropyLoss(Labels)), Evaluate(weights, new CrossEntropyLoss(Labels)));
        Assert.Equal(["a", "b", "c"], weights.Labels);
    }

    [Fact]
    public void Tiles_that_do_not_fit_the_picture_are_refused_with_file_and_sizes()
    {
        using MaskedAutoencoderPurifier purifier = TinyNets.Purifier(TinyNets.Convolutional with { Size = 12 });
        using ResNetClassifier classifier = TinyNets.NewClassifier();
        UserErrorException error = Assert.Throws<UserErrorException>(
            () => DefendedModel.Of(PurifierExporter.Build(purifier), "p.onnx", ClassifierExporter.Build(classifier), "c.onnx"));

        Assert.Equal(ExitCode.ModelRejected, error.ExitCode);
        Assert.Contains("'p.onnx'", error.Message, StringComparison.Ordinal);
        Assert.Contains("12x12", error.Message, StringComparison.Ordinal);
        Assert.Contains("16x16", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Limited to [0, 1] with the slope of the identity.</summary>
    private static Tensor Limited(Tensor x) => x + (x.clamp(0f, 1f) - x).detach();

    private static float[] Pictures() => TinyNets.Floats(TinyNets.RandomPictures(Count, 16, 9));

    private static (float[] Logits, float[] Losses, float[] Gradient) Evaluate(IGradient victim, ILogitLoss loss, float[]? pictures = null)
    {
        pictures ??= Pictures();
        float[] logits = new float[Count * 3], losses = new float[Count], gradient = new float[pictures.Length];
        victim.Evaluate(pictures, loss, logits, losses, gradient);
        return (logits, losses, gradient);
    }

    private static void AssertSame((float[] Logits, float[] Losses, float[] Gradient) expected, (float[] Logits, float[] Losses, float[] Gradient) found)
    {
        AssertNear(expected.Logits, found.Logits);
        AssertNear(expected.Losses, found.Losses);
        AssertNear(expected.Gradient, found.Gradient);
    }

    private static void AssertNear(float[] expected, float[] found)
    {
        float tolerance = 1e-4f * expected.Max(MathF.Abs);
        Assert.True(tolerance > 0, "all values are zero: this compares nothing");
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }
}
