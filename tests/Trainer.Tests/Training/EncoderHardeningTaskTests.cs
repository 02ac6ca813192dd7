using Realtime.Trainer.Data;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Training;

public sealed class EncoderHardeningTaskTests
{
    private const float Epsilon = 8 / 255f;

    private readonly IPictureSet pictures = TinyNets.Pictures(48, 1);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    public void The_encoder_learns_to_withstand_and_the_decoder_stays_as_it_was(double cleanWeight)
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        using TokenClassifier tokens = new(net, 3);
        HardenedRecipe recipe = new(16, new TrainingAttack(Epsilon, 1, Epsilon), 0.2, 0, cleanWeight, 1, 0.05, 1);
        using EncoderHardeningTask task = new(net, tokens, pictures, pictures, pictures.Count, recipe);
        HashSet<string> decoder = [.. net.DecoderParameters().Select(p => p.name)];
        float[] decoderBefore = Values(inside: true), encoderBefore = Values(inside: false);
        for (int step = 1; step <= 60; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            task.Loss(step, 60, new Random(step)).backward();
            task.Optimizer.Step(2e-3, step);
        }

        Assert.Equal(decoderBefore, Values(inside: true));
        Assert.NotEqual(encoderBefore, Values(inside: false));
        using IDisposable still = no_grad();
        Assert.Equal("tokens: clean 100.0 %  full gradient PGD-10 100.0 %", task.Evaluate());

        float[] Values(bool inside) => [.. net.named_parameters().Where(p => decoder.Contains(p.name) == inside).SelectMany(p => TinyNets.Floats(p.parameter))];
    }

    [Fact]
    public void Logits_come_from_all_tiles_of_a_picture()
    {
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        using TokenClassifier tokens = new(net, 5);
        using IDisposable still = no_grad();
        Tensor two = TinyNets.RandomPictures(2, 32, 3);
        Tensor logits = tokens.call(two);
        Assert.Equal([2L, 5L], logits.shape);

        Tensor changed = two.clone();
        changed.narrow(0, 1, 1).narrow(2, 16, 16).narrow(3, 16, 16).zero_();       // the last tile of the second picture
        float[] before = TinyNets.Floats(logits), after = TinyNets.Floats(tokens.call(changed));
        Assert.InRange(before[..5].Zip(after[..5], (x, y) => MathF.Abs(x - y)).Max(), 0, 1e-5f);       // sums may be taken in another order
        Assert.All(before[5..].Zip(after[5..]), pair => Assert.NotEqual(pair.First, pair.Second, 1e-4f));
    }
}
