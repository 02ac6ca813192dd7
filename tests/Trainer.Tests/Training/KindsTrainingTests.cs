using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Finetuning;
using Realtime.Trainer.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Training;

/// <summary>The training of purifiers that are no masked autoencoders.</summary>
public sealed class KindsTrainingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-pairs-").FullName;
    private readonly IPictureSet pictures = TinyNets.Pictures(48, 1);
    private readonly ResNetClassifier classifier = TinyNets.NewClassifier();
    private readonly PairSet pairs;

    public KindsTrainingTests()
    {
        classifier.eval();
        pairs = PairSet.Open(pictures, pictures.Count, new Fgsm(8 / 255f), classifier, "tiny", folder, 1, CancellationToken.None);
    }

    public void Dispose()
    {
        classifier.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_few_steps_bring_the_loss_of_disco_down()
    {
        random.manual_seed(2);
        using PurifierNet net = TinyNets.Disco.Create(new Precision(ScalarType.Float32));
        using PurifierTask task = new(net, pictures, [new(pairs, classifier)], new PurifierRecipe(16, 0, 2, 0, 0, 0.25, 1, 0.05, 1), new TransferProbe(classifier, pictures, pairs), new MaepLoss(Distance.L1), TrainedParameters.All(net));

        Assert.InRange(Train(task), 0, 0.8);
        Assert.Contains("PSNR", task.Evaluate(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CombinationKind.Grey)]
    [InlineData(CombinationKind.Binary)]
    public void A_few_steps_bring_the_loss_of_impure_down(CombinationKind combination)
    {
        random.manual_seed(2);
        using ImpurePurifier net = new(TinyNets.Impure, new Precision(ScalarType.Float32));
        using ImpureTask task = Impure(net, combination);

        Assert.InRange(Train(task), 0, 0.8);
        Assert.Contains("PSNR", task.Evaluate(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_of_impure_draws_the_same_again()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImpurePurifier net = (ImpurePurifier)TinyNets.Of(TinyNets.Impure);
        using ImpureTask task = Impure(net, CombinationKind.Grey);
        float first = task.Loss(3, 10, new Random(7)).ToSingle();
        randn([5]);        // whatever else draws in between

        Assert.Equal(first, task.Loss(3, 10, new Random(7)).ToSingle());
        Assert.NotEqual(first, task.Loss(3, 10, new Random(8)).ToSingle());
    }

    [Fact]
    public void The_perceptual_loss_of_IMPure_counts_by_its_weight()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImpurePurifier net = (ImpurePurifier)TinyNets.Of(TinyNets.Impure);
        float Loss(double weight)
        {
            using ImpureTask task = Impure(net, CombinationKind.Grey, weight);
            return task.Loss(3, 10, new Random(7)).ToSingle();
        }

        float pixels = Loss(0), perceptual = Loss(1) - pixels;

        Assert.InRange(pixels, 0.01f, 1f);      // a mean distance of pictures in [0, 1]
        Assert.True(perceptual > pixels);
        Assert.Equal(pixels + perceptual * 0.25f, Loss(0.25), 1e-3f * perceptual);
    }

    [Fact]
    public void The_perceptual_loss_is_nothing_for_equal_pictures_and_needs_two_stages()
    {
        using DisposeScope scope = NewDisposeScope();
        PerceptualLoss loss = new(classifier);
        Tensor a = TinyNets.RandomPictures(2, 16, 1), b = TinyNets.RandomPictures(2, 16, 2);
        using ResNetClassifier shallow = new(TinyNets.Classifier with { Widths = [8] }, new Precision(ScalarType.Float32));

        Assert.Equal(0, loss.Of(a, a).ToSingle());
        Assert.True(loss.Of(a, b).ToSingle() > 0.01f);
        Assert.Equal(ExitCode.ModelRejected, Assert.Throws<UserErrorException>(() => new PerceptualLoss(shallow)).ExitCode);
    }

    private ImpureTask Impure(ImpurePurifier net, CombinationKind combination, double perceptualWeight = 1) =>
        new(net, pictures, [new(pairs, classifier)], new ImpureRecipe(16, combination, perceptualWeight, 0.25, 1, 0.05, 1), new TransferProbe(classifier, pictures, pairs));

    /// <summary>The loss after a few steps as a share of that before, on the same pictures and draws.</summary>
    private static double Train(ITrainingTask task)
    {
        float before = LossOfFixedBatches(task);
        for (int step = 1; step <= 60; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            task.Loss(step, 60, new Random(step)).backward();
            task.Optimizer.Step(step <= 40 ? 3e-3 : 1e-3, step);
        }

        return LossOfFixedBatches(task) / before;
    }

    private static float LossOfFixedBatches(ITrainingTask task)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        return Enumerable.Range(1, 6).Average(step => task.Loss(step, 60, new Random(100 + step)).ToSingle());
    }
}
