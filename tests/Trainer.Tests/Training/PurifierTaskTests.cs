using Realtime.Filter.Attacks;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Finetuning;
using Realtime.Trainer.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Training;

public sealed class PurifierTaskTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("realtime-pairs-").FullName;
    private readonly IPictureSet pictures = TinyNets.Pictures(48, 1);
    private readonly ResNetClassifier classifier = TinyNets.NewClassifier();

    public PurifierTaskTests() => classifier.eval();

    public void Dispose()
    {
        classifier.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Pairs_lie_within_eps_at_eight_bits_and_are_read_back_from_disk()
    {
        PairSet made = Pairs(new Pgd(8 / 255f, 2 / 255f, 3));
        PairSet read = Pairs(new Pgd(8 / 255f, 2 / 255f, 3));

        Assert.Single(Directory.GetFiles(folder));
        int changed = 0;
        for (int i = 0; i < made.Count; i++)
        {
            Assert.Equal(made.Picture(i).ToArray(), read.Picture(i).ToArray());
            byte[] clean = pictures.Picture(i).ToArray();
            int[] moves = [.. made.Picture(i).ToArray().Zip(clean, (a, c) => Math.Abs(a - c))];
            Assert.InRange(moves.Max(), 0, 8);
            changed += moves.Count(m => m > 0);
        }

        Assert.True(changed > 0);
    }

    [Fact]
    public void Pairs_of_another_surrogate_are_not_taken_for_these()
    {
        Pairs(new Fgsm(8 / 255f));
        using (no_grad())
            classifier.parameters().First().mul_(1.5);
        Pairs(new Fgsm(8 / 255f));

        Assert.Equal(2, Directory.GetFiles(folder).Length);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.5, 0.0)]
    [InlineData(0.0, 1.0)]
    public void A_few_steps_bring_the_loss_down(double maskRatio, double featureWeight)
    {
        random.manual_seed(2);
        using MaskedAutoencoderPurifier net = new(TinyNets.Convolutional, new Precision(ScalarType.Float32));
        PairSet pairs = Pairs(new Fgsm(8 / 255f));
        PurifierRecipe recipe = new(16, maskRatio, 2, featureWeight, featureWeight, 0.25, 1, 0.05, 1);
        using PurifierTask task = new(net, pictures, [new(pairs, classifier)], recipe, new TransferProbe(classifier, pictures, pairs), new MaepLoss(Distance.L1), TrainedParameters.All(net));
        float before = LossOfFixedBatches(task);
        for (int step = 1; step <= 60; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            task.Loss(step, 60, new Random(step)).backward();
            task.Optimizer.Step(step <= 40 ? 3e-3 : 1e-3, step);
        }

        // The same pictures, changes and masks before and after, so that only the weights can make the difference.
        Assert.InRange(LossOfFixedBatches(task), 0, 0.96f * before);
        Assert.Contains("PSNR", task.Evaluate(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_batch_holds_the_pairs_of_one_surrogate_and_says_whose()
    {
        using DisposeScope scope = NewDisposeScope();
        using ResNetClassifier other = TinyNets.NewClassifier();
        using (no_grad())
            other.parameters().First().mul_(1.5);
        other.eval();
        SurrogatePairs[] draws = [new(Pairs(new Fgsm(8 / 255f)), classifier), new(PairSet.Open(pictures, pictures.Count, new Fgsm(2 / 255f), other, "other", folder, 1, CancellationToken.None), other)];
        HashSet<ResNetClassifier> seen = [];
        for (int seed = 0; seed < 20; seed++)
        {
            (Tensor attacked, Tensor clean, ResNetClassifier surrogate) = PairBatch.Load(pictures, draws, [3, 1, 4, 15], 0.25, 1, new Random(seed));
            float radius = TinyNets.Floats((attacked - clean).abs()).Max() * 255;
            Assert.Equal(surrogate == classifier ? 8 : 2, radius, 1e-2);
            seen.Add(surrogate);
        }

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void The_mask_ratio_falls_to_zero_where_the_recipe_says()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Plain);
        PairSet pairs = Pairs(new Fgsm(8 / 255f));
        PurifierTask Task(double anneal) => new(net, pictures, [new(pairs, classifier)], new PurifierRecipe(16, 0.5, anneal, 0, 0, 0, 0, 0, 1), new TransferProbe(classifier, pictures, pairs), new MaepLoss(Distance.L1), TrainedParameters.All(net));
        using PurifierTask falling = Task(0.5);
        using PurifierTask constant = Task(2);

        Assert.Equal(0.25, falling.MaskRatio(250, 1000), 3);
        Assert.Equal(0, falling.MaskRatio(500, 1000), 3);
        Assert.Equal(0.5, constant.MaskRatio(1000, 1000), 3);
    }

    [Fact]
    public void A_warm_start_takes_every_tensor_of_the_same_name_and_shape()
    {
        using MaskedAutoencoderPurifier from = TinyNets.Purifier(TinyNets.Convolutional);
        using MaskedAutoencoderPurifier other = new(TinyNets.Convolutional with { Patch = 2 }, new Precision(ScalarType.Float32));
        (int taken, int total) = Weights.WarmStart(other, from);
        Dictionary<string, Tensor> theirs = Weights.Of(from).ToDictionary(w => w.Name, w => w.Tensor);
        Dictionary<string, Tensor> ours = Weights.Of(other).ToDictionary(w => w.Name, w => w.Tensor);

        Assert.Equal(total - 4, taken);         // embed's weight, unembed's weight and bias, and the positions differ
        Assert.Equal(TinyNets.Floats(theirs["decoder.0.qkv.weight"]), TinyNets.Floats(ours["decoder.0.qkv.weight"]));
    }

    private static float LossOfFixedBatches(PurifierTask task)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        return Enumerable.Range(1, 6).Average(step => task.Loss(step, 60, new Random(100 + step)).ToSingle());
    }

    private PairSet Pairs(IAttack attack) => PairSet.Open(pictures, pictures.Count, attack, classifier, "tiny", folder, 1, CancellationToken.None);
}
