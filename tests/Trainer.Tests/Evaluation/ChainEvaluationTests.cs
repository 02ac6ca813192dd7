using Realtime.Filter.Defences;
using Realtime.Filter.Models.Onnx;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Export;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Evaluation;

public sealed class ChainEvaluationTests : IDisposable
{
    private const int Size = 16, Count = 4, Classes = 4;

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-chain-").FullName;
    private readonly string purifier;
    private readonly string classifier;

    public ChainEvaluationTests()
    {
        (purifier, classifier) = (Path.Combine(folder, "purifier.onnx"), Path.Combine(folder, "classifier.onnx"));
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        OnnxWriter.Write(PurifierExporter.Build(net), purifier);
        random.manual_seed(6);
        using ResNetClassifier judge = new(TinyNets.Classifier with { Classes = Classes }, new Precision(ScalarType.Float32));
        judge.eval();
        OnnxModel model = ClassifierExporter.Build(judge);
        model.Metadata["realtime.labels"] = "a,b,c,d";
        OnnxWriter.Write(model, classifier);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_chain_goes_through_all_seven_columns()
    {
        string chain = $"noise-8+{purifier}", repeated = $"rt3+{purifier}";
        byte[] records = new byte[Count * (1 + (3 * Size * Size))];
        new Random(3).NextBytes(records);
        for (int i = 0; i < Count; i++)
            records[i * records.Length / Count] = (byte)i;
        MemoryPictureSet pictures = new("random", Size, ["a", "b", "c", "d"], [records]);
        EvaluationSettings settings = new()
        {
            Data = "random",
            Count = Count,
            Classifier = classifier,
            Defences = [chain, repeated],
            Surrogates = new Dictionary<string, string> { [chain] = repeated, [repeated] = "jpeg-75" },
            Columns = ["a", "b", "c", "d", "e", "f", "g"],
            Epsilon = 8 / 255f,
            Steps = 2,
            Queries = 3,
            Draws = 2,
            EotDraws = 2,
        };
        EvaluationSession session = new(settings, pictures, () => new OnnxEvaluationModels(classifier), pictures.Labels);

        EvaluationReport report = session.Run(Path.Combine(folder, "out"), "./realtime evaluate", new Provenance("0", "0", "0", "0", "0", "0"), 1, CancellationToken.None).Report;

        Assert.NotNull(report.Find("none", "a"));
        foreach (string defence in new[] { chain, repeated })
        {
            Assert.All(new[] { "b", "c", "d", "e", "f", "g" }, column => Assert.Equal(2, report.Find(defence, column)!.Draws));
            Assert.Equal(1, report.Find(defence, EvaluationColumns.FixedSeed)!.Draws);
            Assert.Equal("exact", report.Defences.Single(figure => figure.Defence == defence).Gradient);
        }
    }

    // A purifier at the end of a chain makes one graph with the classifier; in another place it carries gradients back by itself.
    [Theory]
    [InlineData("noise-8+{0}")]
    [InlineData("rt2+jpeg-75+{0}")]
    [InlineData("{0}+noise-8")]
    [InlineData("rt3+{0}")]
    public void The_full_gradient_is_the_chains_own(string form)
    {
        string name = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, purifier);
        using OnnxEvaluationModels models = new(classifier);
        Random values = new(4);
        float[] pictures = [.. Enumerable.Range(0, Count * 3 * Size * Size).Select(_ => values.NextSingle())], defended = new float[pictures.Length];
        float[] logits = new float[Count * Classes], loss = new float[Count], gradient = new float[pictures.Length], behind = new float[pictures.Length], expected = new float[pictures.Length];
        long[] labels = [0, 1, 2, 3];
        models.FullGradient(name, new Random(5)).Evaluate(pictures, labels, logits, loss, gradient);

        IDefence chain = models.Defence(name);
        chain.Defend(pictures, Size, Size, new Random(5), defended);
        models.Classifier.Evaluate(defended, labels, new float[logits.Length], new float[Count], behind);
        chain.Backward(behind, expected);

        float largest = expected.Max(Math.Abs);
        Assert.True(largest > 0);
        Assert.All(gradient.Zip(expected), pair => Assert.InRange(pair.First - pair.Second, -1e-3f * largest, 1e-3f * largest));
    }
}
