using Realtime.Trainer.Nets;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Nets;

public sealed class ImpurePurifierTests
{
    private static readonly ImpureArchitecture Shape = TinyNets.Impure;

    [Fact]
    public void The_small_one_has_as_many_parameters_as_it_says()
    {
        using PurifierNet net = ImpureArchitecture.Small(4).Create(new Precision(ScalarType.Float32));

        Assert.InRange(net.parameters().Sum(p => p.NumberOfElements), 455_000, 465_000);
    }

    [Theory]
    [InlineData(8, 2)]
    [InlineData(8, 4)]
    [InlineData(6, 3)]
    public void The_uniform_split_takes_every_patch_once_and_of_every_cell_one_for_each_region(int edge, int interleave)
    {
        long[] order = RegionalDraw.Uniform(edge, interleave);
        long[][] regions = [.. order.Chunk(edge * edge / (interleave * interleave))];

        Assert.Equal(Enumerable.Range(0, edge * edge).Select(i => (long)i), order.Order());
        Assert.Equal(interleave * interleave, regions.Length);
        Assert.All(regions, region => Assert.Equal(region.Length, region.Select(patch => (patch / edge / interleave, patch % edge / interleave)).Distinct().Count()));
        Assert.Throws<ArgumentException>(() => RegionalDraw.Uniform(edge + 1, interleave));
    }

    [Fact]
    public void A_random_draw_takes_every_patch_once_and_comes_back_from_its_seed()
    {
        using DisposeScope scope = NewDisposeScope();
        RegionalDraw draw = RegionalDraw.Draw(3, Shape, new Random(5)), again = RegionalDraw.Draw(3, Shape, new Random(5)), other = RegionalDraw.Draw(3, Shape, new Random(6));
        for (int tile = 0; tile < 3; tile++)
        {
            long[] order = Row(draw.Order, tile), restore = Row(draw.Restore, tile);
            Assert.Equal(Enumerable.Range(0, Shape.Patches).Select(i => (long)i), order.Order());
            Assert.All(order.Index(), pair => Assert.Equal(pair.Index, restore[pair.Item]));
        }

        Assert.Equal(Row(draw.Order, 0), Row(again.Order, 0));
        Assert.Equal(TinyNets.Floats(draw.Image.Noise), TinyNets.Floats(again.Image.Noise));
        Assert.Equal(TinyNets.Floats(draw.Features.Keep), TinyNets.Floats(again.Features.Keep));
        Assert.NotEqual(TinyNets.Floats(draw.Image.Noise), TinyNets.Floats(other.Image.Noise));
    }

    [Fact]
    public void Noise_leaves_as_much_of_a_picture_as_the_schedule_says()
    {
        // Ho et al. 2020: the product of 1 - beta, beta from 0.0001 to 0.02 in 1,000 steps.
        Assert.Equal(0.4400, NoiseMask.Signal(400), 4);
        Assert.Equal(0.1599, NoiseMask.Signal(600), 4);
        Assert.Equal(1, NoiseMask.Signal(600) * NoiseMask.Signal(600) + NoiseMask.Deviation(600) * NoiseMask.Deviation(600), 12);
        using DisposeScope scope = NewDisposeScope();
        NoiseMask mask = NoiseMask.Draw([1, 4000], 400, 401, new Random(1));
        double variance = TinyNets.Floats(mask.Noise).Average(value => (double)value * value);

        Assert.InRange(variance, 0.95 * (1 - 0.44 * 0.44), 1.05 * (1 - 0.44 * 0.44));
    }

    [Fact]
    public void Where_the_noise_hides_all_nothing_of_a_region_comes_through_to_the_same_region()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        using ImpurePurifier net = (ImpurePurifier)TinyNets.Of(Shape);
        RegionalDraw noisy = RegionalDraw.Draw(1, Shape, new Random(2));
        RegionalDraw hidden = noisy with { Image = noisy.Image with { Keep = zeros([1]) } };
        long[] order = Row(hidden.Order, 0);
        HashSet<long> region = [.. order[..(Shape.Patches / Shape.Regions)]];
        float[] values = TinyNets.Floats(TinyNets.RandomPictures(1, 16, 3)), changed = [.. values];
        for (int i = 0; i < changed.Length; i++)
        {
            if (region.Contains(PatchOf(i)))
                changed[i] = 1 - changed[i];
        }

        float[] Moves(RegionalDraw draw) => [.. Purify(net, values, draw).Zip(Purify(net, changed, draw), (a, b) => MathF.Abs(a - b))];
        float[] behind = Moves(hidden), through = Moves(noisy);

        Assert.All(behind.Index(), pair => Assert.True(!region.Contains(PatchOf(pair.Index)) || pair.Item == 0));
        Assert.Contains(behind.Index(), pair => !region.Contains(PatchOf(pair.Index)) && pair.Item > 1e-5f);        // the others see it
        Assert.Contains(through.Index(), pair => region.Contains(PatchOf(pair.Index)) && pair.Item > 1e-5f);        // and weaker noise lets some through
    }

    [Fact]
    public void In_use_every_tile_gives_the_same_whenever_and_wherever_it_stands()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        using PurifierNet net = TinyNets.Of(Shape);
        Tensor picture = TinyNets.RandomPictures(2, 32, 4);        // four tiles each
        Tensor purified = net.Purify(picture);
        Tensor corner = net.Purify(picture.narrow(2, 16, 16).narrow(3, 0, 16).contiguous());

        Assert.Equal(TinyNets.Floats(purified), TinyNets.Floats(net.Purify(picture)));
        Assert.InRange(TinyNets.LargestDifference(purified.narrow(2, 16, 16).narrow(3, 0, 16), corner), 0, 1e-5f);
        Assert.Throws<ArgumentException>(() => net.Purify(picture, TokenMask.Draw(8, Shape.Patches, 0, new Random(1))));
    }

    private static long PatchOf(int pixel) => pixel / 16 % 16 / Shape.Patch * Shape.Edge + pixel % 16 / Shape.Patch;

    private static float[] Purify(ImpurePurifier net, float[] picture, RegionalDraw draw) => TinyNets.Floats(net.Purify(tensor(picture, [1, 3, 16, 16]), draw));

    private static long[] Row(Tensor ids, int row)
    {
        using Tensor plain = ids.narrow(0, row, 1).contiguous();
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(plain.bytes).ToArray();
    }
}
