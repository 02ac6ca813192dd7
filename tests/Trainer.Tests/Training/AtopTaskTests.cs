using Realtime.Filter.Attacks;
using Realtime.Filter.Defences;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Training;

public sealed class AtopTaskTests : IDisposable
{
    private const float Epsilon = 8 / 255f;

    private readonly IPictureSet pictures = TinyNets.Pictures(48, 1);
    private readonly ResNetClassifier classifier = TinyNets.TrainedClassifier(TinyNets.Pictures(48, 1));

    public static TheoryData<string, bool> Ways => new()
    {
        { "rt1", false },
        { "rt2", false },
        { "rt2", true },
        { "rt3", false },
    };

    public void Dispose() => classifier.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_few_steps_lower_the_loss_and_leave_the_classifier_as_it_was(string transform, bool fullGradient)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        using AtopTask task = Task(net, new Fgsm(Epsilon), Recipe(Transform(transform)) with { FullGradient = fullGradient, Weight = 1 });
        float[] weights = Of(classifier);
        float before = MeanLoss(task);
        for (int step = 1; step <= 20; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            task.Loss(step, 20, new Random(step)).backward();
            task.Optimizer.Step(2e-3, step);
        }

        Assert.InRange(MeanLoss(task), 0, 0.9f * before);
        Assert.Equal(weights, Of(classifier));
        Assert.Contains($"full gradient PGD-2 8/255 behind {transform} ", task.Evaluate(), StringComparison.Ordinal);
    }

    // Eq. 9: the pixel loss on [-1, 1] against the attacked picture, plus lambda times the cross-entropy.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_loss_is_that_of_the_paper(bool toClean)
    {
        using DisposeScope scope = NewDisposeScope();
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        AtopRecipe recipe = Recipe(RandomTransform.Rt1) with { BatchSize = pictures.Count, ToClean = toClean, Weight = 0.3 };
        Fgsm attack = new(Epsilon);
        using AtopTask task = Task(net, attack, recipe), unweighted = Task(net, attack, recipe with { Weight = 0 });

        int[] indices = EpochOrder.Of(pictures.Count, pictures.Count, 1, recipe.Seed);
        Random random = new(9);
        Augmentation[] changes = [.. indices.Select(_ => Augmentation.Draw(random, 0))];
        (Tensor clean, Tensor labels) = Batch.Load(pictures, indices, changes);
        Tensor moved = clean.detach().requires_grad_();
        Tensor slope = autograd.grad([nn.functional.cross_entropy(classifier.call(moved), labels)], [moved])[0];
        Tensor attacked = (clean + (slope.sign() * Epsilon)).clamp(0f, 1f);     // FGSM on the classifier alone
        Tensor purified = net.PurifyBehind(RandomTransform.Rt1, attacked, random);
        float pixels = 2 * (purified - (toClean ? clean : attacked)).abs().mean().ToSingle();
        float answer = nn.functional.cross_entropy(classifier.call(purified), labels).ToSingle();

        Assert.Equal(pixels, unweighted.Loss(1, 1, new Random(9)).ToSingle(), 1e-4f);
        Assert.Equal(pixels + (0.3f * answer), task.Loss(1, 1, new Random(9)).ToSingle(), 1e-4f);
    }

    private static AtopRecipe Recipe(RandomTransform transform) => new(16, transform, 0.1, ToClean: false, FullGradient: false, Shift: 0, WeightDecay: 0.05, Seed: 1);

    private static RandomTransform Transform(string name) => new[] { RandomTransform.Rt1, RandomTransform.Rt2, RandomTransform.Rt3 }.Single(known => known.Name == name);

    private static float[] Of(nn.Module module) => [.. module.parameters().SelectMany(p => TinyNets.Floats(p))];

    /// <summary>Over one epoch, with the same draws each time.</summary>
    private static float MeanLoss(AtopTask task)
    {
        float sum = 0;
        for (int step = 1; step <= 3; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            sum += task.Loss(step, 3, new Random(-step)).ToSingle();
        }

        return sum / 3;
    }

    private AtopTask Task(MaskedAutoencoderPurifier net, IAttack attack, AtopRecipe recipe) =>
        new(net, classifier, pictures, attack, recipe, new AdaptiveProbe(classifier, pictures, 24, new Pgd(Epsilon, Epsilon / 2, 2)) { Transform = recipe.Transform });
}
