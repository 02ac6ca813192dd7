using System.Runtime.InteropServices;
using Realtime.Filter.Attacks;
using Realtime.Filter.Defences;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using Realtime.Trainer.Training.Finetuning;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Training;

public sealed class HardenedTaskTests : IDisposable
{
    private const float Epsilon = 8 / 255f;

    private readonly IPictureSet pictures = TinyNets.Pictures(48, 1);
    private readonly ResNetClassifier classifier = TinyNets.TrainedClassifier(TinyNets.Pictures(48, 1));

    public void Dispose() => classifier.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_training_attack_raises_the_loss_inside_its_ball_and_leaves_no_gradients(int steps)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        (Tensor clean, Tensor labels) = Batch.Load(pictures, [.. Enumerable.Range(0, 24)]);
        TrainingAttack attack = new(Epsilon, steps, Epsilon / 2);
        Tensor LogitsOf(Tensor x) => classifier.call(net.Purify(x));

        Tensor attacked = attack.Perturb(clean, labels, LogitsOf, new Random(3));

        // One step is not projected: noise of twice the radius and a whole step.
        float reach = steps == 1 ? 3 * Epsilon : Epsilon;
        Assert.InRange(TinyNets.LargestDifference(attacked, clean), Epsilon / 2, reach + 1e-6f);
        Assert.All(TinyNets.Floats(attacked), v => Assert.InRange(v, 0f, 1f));
        Assert.True(Loss(attacked) > Loss(clean));
        Assert.All(net.parameters(), p => Assert.Null(p.grad));

        float Loss(Tensor x) => nn.functional.cross_entropy(LogitsOf(x), labels).ToSingle();
    }

    [Fact]
    public void No_steps_are_noise_inside_the_ball_and_ask_the_model_nothing()
    {
        (Tensor clean, Tensor labels) = Batch.Load(pictures, [0, 1, 2, 3]);
        Tensor noisy = new TrainingAttack(Epsilon, 0, 0).Perturb(clean, labels, _ => throw new InvalidOperationException("asked"), new Random(1));

        Assert.InRange(TinyNets.LargestDifference(noisy, clean), Epsilon / 2, Epsilon + 1e-6f);
        Assert.All(TinyNets.Floats(noisy), v => Assert.InRange(v, 0f, 1f));
    }

    [Fact]
    public void The_same_random_source_gives_the_same_attack()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        (Tensor clean, Tensor labels) = Batch.Load(pictures, [0, 1, 2, 3]);
        TrainingAttack attack = new(Epsilon, 2, Epsilon / 2);
        Tensor Perturb(int seed) => attack.Perturb(clean, labels, x => classifier.call(net.Purify(x)), new Random(seed));

        Assert.Equal(TinyNets.Floats(Perturb(7)), TinyNets.Floats(Perturb(7)));
        Assert.NotEqual(TinyNets.Floats(Perturb(7)), TinyNets.Floats(Perturb(8)));
    }

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.5, false)]
    [InlineData(0.0, true)]
    public void Training_makes_attacks_weaker_and_leaves_the_classifier_as_it_was(double cleanWeight, bool isNoisy)
    {
        RandomTransform? transform = isNoisy ? RandomTransform.Of(8, 0) : null;
        random.manual_seed(2);
        using MaskedAutoencoderPurifier net = new(TinyNets.Convolutional, new Precision(ScalarType.Float32));
        HardenedRecipe recipe = new(16, new TrainingAttack(Epsilon, 1, Epsilon), 0.5, 0.002, cleanWeight, 1, 0.05, 1);
        Pgd attack = new(Epsilon, Epsilon / 4, 5);
        using HardenedTask task = new(net, classifier, pictures, recipe, new AdaptiveProbe(classifier, pictures, pictures.Count, attack) { Transform = transform }) { Transform = transform };
        float[] weights = WeightsOf(classifier);
        float before = LossUnder(attack, net);
        for (int step = 1; step <= 60; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            task.Loss(step, 60, new Random(step)).backward();
            task.Optimizer.Step(1e-3, step);
        }

        Assert.InRange(LossUnder(attack, net), 0, 0.8f * before);
        Assert.Equal(weights, WeightsOf(classifier));
        Assert.Contains(isNoisy ? "full gradient PGD-5 8/255 behind noise-8" : "full gradient PGD-5 8/255 ", task.Evaluate(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Bottleneck.Tokens)]
    [InlineData(Bottleneck.Mean)]
    public void A_decoder_alone_learns_to_paint_for_the_classifier_what_a_fixed_encoder_tells_it(Bottleneck bottleneck)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional with { Residual = false, Bottleneck = bottleneck });
        TrainedParameters.Decoder(net);
        HashSet<string> decoder = [.. net.DecoderParameters().Select(p => p.name)];
        float[] encoder = Encoder();
        using HardenedTask task = new(net, classifier, pictures, new(16, new TrainingAttack(Epsilon, 1, Epsilon), 0, 0, 0, 0, 0.05, 1), new AdaptiveProbe(classifier, pictures, pictures.Count, new Pgd(Epsilon, Epsilon / 4, 5)));
        float before = Loss(1), after = before;
        for (int step = 2; step <= 60; step++)
            after = Loss(step);

        Assert.InRange(after, 0, 0.5f * before);
        Assert.Equal(encoder, Encoder());

        float Loss(int step)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor loss = task.Loss(step, 60, new Random(step));
            loss.backward();
            task.Optimizer.Step(2e-3, step);
            return loss.ToSingle();
        }

        float[] Encoder() => [.. net.named_parameters().Where(p => !decoder.Contains(p.name)).SelectMany(p => TinyNets.Floats(p.parameter))];
    }

    [Fact]
    public void A_painter_learns_to_show_the_classifier_any_verdict()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional with { Residual = false, Bottleneck = Bottleneck.Verdict, Classes = 3 });
        TrainedParameters.Decoder(net);
        using PainterTask task = new(net, classifier, pictures, new(16, new TrainingAttack(Epsilon, 1, Epsilon), 0, 0, 0, 0, 0.05, 1), new AdaptiveProbe(classifier, pictures, pictures.Count, new Pgd(Epsilon, Epsilon / 4, 5)));
        for (int step = 1; step <= 150; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            task.Loss(step, 150, new Random(step)).backward();
            task.Optimizer.Step(5e-3, step);
        }

        using IDisposable still = no_grad();
        Tensor verdicts = tensor([3f, 0f, -1f, 0f, 2f, 0f, -1f, 0f, 2f, 2f, -2f, 0f], [4, 3]);
        Assert.Equal([0f, 1f, 2f, 0f], TinyNets.Floats(classifier.call(net.Paint(verdicts)).argmax(1).to_type(ScalarType.Float32)));
    }

    [Fact]
    public void The_radius_grows_over_its_share_of_the_steps()
    {
        HardenedRecipe recipe = new(16, new TrainingAttack(Epsilon, 2, Epsilon / 2), 0.5, 0, 0, 0, 0, 1);

        Assert.Equal(Epsilon / 2, recipe.AttackAt(25, 100).Epsilon, 1e-6f);
        Assert.Equal(Epsilon / 4, recipe.AttackAt(25, 100).StepSize, 1e-6f);
        Assert.Equal([Epsilon, Epsilon], new[] { 50L, 100L }.Select(step => recipe.AttackAt(step, 100).Epsilon));
    }

    private static float[] WeightsOf(nn.Module module) => [.. module.parameters().SelectMany(p => TinyNets.Floats(p))];

    /// <summary>Mean cross-entropy on all pictures after an attack by the full gradient.</summary>
    private float LossUnder(Pgd attack, MaskedAutoencoderPurifier net)
    {
        net.eval();
        using DisposeScope scope = NewDisposeScope();
        (Tensor clean, Tensor labels) = Batch.Load(pictures, [.. Enumerable.Range(0, pictures.Count)]);
        TorchGradient victim = new(x => classifier.call(net.Purify(x)), pictures.Size, 3);
        Tensor attacked = empty(clean.shape);
        attack.Perturb(victim, Floats(clean), MemoryMarshal.Cast<byte, long>(labels.bytes), Floats(attacked), new Random(0));
        return nn.functional.cross_entropy(classifier.call(net.Purify(attacked)), labels).ToSingle();
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
