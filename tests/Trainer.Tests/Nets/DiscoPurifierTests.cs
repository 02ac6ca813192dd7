using Realtime.Trainer.Nets;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Nets;

public sealed class DiscoPurifierTests
{
    [Fact]
    public void The_small_one_has_as_many_parameters_as_it_says()
    {
        using PurifierNet net = DiscoArchitecture.Small.Create(new Precision(ScalarType.Float32));

        Assert.InRange(net.parameters().Sum(p => p.NumberOfElements), 385_000, 395_000);
    }

    [Fact]
    public void A_pixel_is_made_of_the_pixels_that_its_convolutions_reach()
    {
        // Five 3x3 convolutions (head, two of the one block, tail, the perceptron's first layer) reach five pixels far; the others see one pixel.
        const int Reach = 5;
        using DisposeScope scope = NewDisposeScope();
        using PurifierNet net = TinyNets.Of(TinyNets.Disco);
        float[] values = TinyNets.Floats(TinyNets.RandomPictures(1, 16, 3)), changed = [.. values];
        changed[0] = 1 - changed[0];
        float[] before = Purify(net, values), after = Purify(net, changed);
        int[] moved = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != after[i])];

        Assert.All(moved, i => Assert.True(i % 16 <= Reach && i / 16 % 16 <= Reach));
        Assert.Contains(moved, i => i % 16 == Reach);
    }

    [Fact]
    public void A_residual_one_begins_as_the_identity_and_learns_from_there()
    {
        using DisposeScope scope = NewDisposeScope();
        using PurifierNet net = (TinyNets.Disco with { Residual = true }).Create(new Precision(ScalarType.Float32));
        Tensor picture = TinyNets.RandomPictures(2, 32, 4);        // four tiles each

        Assert.Equal(TinyNets.Floats(picture), TinyNets.Floats(net.Purify(picture)));
    }

    [Fact]
    public void A_mask_is_refused()
    {
        using PurifierNet net = TinyNets.Of(TinyNets.Disco);

        Assert.Throws<ArgumentException>(() => net.Purify(TinyNets.RandomPictures(1, 16, 1), TokenMask.Draw(1, 16, 0.5, new Random(1))));
    }

    private static float[] Purify(PurifierNet net, float[] picture)
    {
        using IDisposable still = no_grad();
        return TinyNets.Floats(net.Purify(tensor(picture, [1, 3, 16, 16])));
    }
}
