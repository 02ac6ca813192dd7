using Realtime.Trainer.Nets;
using Realtime.Trainer.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Tests.Training.Losses;

/// <summary>The losses on a purifier that halves every value: x = 0.5 and x_a = 0.8 become P(x) = 0.25 and P(x_a) = 0.4.</summary>
public sealed class PurifierLossTests
{
    private const float Level = 255f;

    public static TheoryData<string, string, double> ByHand => new()
    {
        { "maep", "l1", 0.1 * Level },
        { "maep", "mse", 0.01 * Level * Level },
        { "purify", "l1", 0.1 * Level },
        { "reconstruction", "l1", (0.1 + 0.25) * Level },
        { "reconstruction", "mse", (0.01 + 0.0625) * Level * Level },
        { "trades-pixel", "l1", (0.25 + 3 * 0.15) * Level },
        { "trades-pixel", "mse", (0.0625 + 3 * 0.0225) * Level * Level },
        { "trades-latent", "l1", (0.25 + 3 * 0.6) * Level },           // an encoder that doubles: f(x) = 1, f(x_a) = 1.6
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Every_design_is_the_papers_sum_of_distances(string name, string distance, double expected)
    {
        using DisposeScope scope = NewDisposeScope();
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Plain);
        IPurifierLoss loss = name == "trades-latent"
            ? new TradesLatentLoss(Distance.Named(distance), 3, x => x * 2f)
            : LossDesign.Named(name).Create(Distance.Named(distance), 3, net);
        PurifierBatch batch = new((x, _) => x * 0.5f, Filled(0.8f), Filled(0.5f), null);

        Assert.Equal(expected, loss.Of(batch).ToDouble(), expected * 1e-5);
    }

    [Fact]
    public void The_first_stage_of_masked_modelling_looks_at_masked_patches_only_tile_by_tile()
    {
        using DisposeScope scope = NewDisposeScope();
        const int tile = 4, patch = 2, edge = 8;
        TokenMask mask = TokenMask.Draw(batch: 4, tokens: 4, ratio: 0.5, new Random(3));       // one picture of four tiles
        float[] visible = TinyNets.Floats(mask.Visible);
        float[] error = new float[3 * edge * edge];
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < edge; y++)
            {
                for (int x = 0; x < edge; x++)
                {
                    int row = y / tile * (edge / tile) + x / tile;                              // which tile
                    int token = y % tile / patch * (tile / patch) + x % tile / patch;           // which patch of it
                    error[(c * edge + y) * edge + x] = visible[row * 4 + token] == 1 ? 7f : 0.25f + 0.25f * c;
                }
            }
        }

        Tensor clean = TinyNets.RandomPictures(1, edge, 1);
        PurifierBatch batch = new((_, _) => clean + tensor(error, [1, 3, edge, edge]), clean, clean, mask);

        Assert.Equal((0.25 + 0.5 + 0.75) / 3 * Level, new MlmLoss(Distance.L1, tile).Of(batch).ToDouble(), 1e-2);
        Assert.Throws<ArgumentException>(() => new MlmLoss(Distance.L1, tile).Of(new PurifierBatch((x, _) => x, clean, clean, null)));
    }

    [Fact]
    public void Maeps_loss_is_its_two_parts_weighed_by_their_patches()
    {
        using DisposeScope scope = NewDisposeScope();
        using MaskedAutoencoderPurifier net = TinyNets.Purifier(TinyNets.Convolutional);
        TokenMask mask = TokenMask.Draw(3, net.Architecture.Tokens, 0.25, new Random(2));
        Tensor attacked = TinyNets.RandomPictures(3, 16, 1);
        Tensor clean = TinyNets.RandomPictures(3, 16, 2);
        PurifierBatch batch = new(net.Purify, attacked, clean, mask);
        double seen = Distance.L1.Between(net.Purify(attacked, mask), clean, mask.Pixels(16)).ToDouble();
        double masked = new MlmLoss(Distance.L1, 16).Of(batch).ToDouble();

        Assert.Equal(0.75 * seen + 0.25 * masked, new MaepLoss(Distance.L1).Of(batch).ToDouble(), 1e-3);
    }

    [Fact]
    public void Only_the_terms_of_a_design_are_computed()
    {
        using DisposeScope scope = NewDisposeScope();
        List<float> seen = [];
        PurifierBatch Batch() => new(
            (x, _) =>
            {
                seen.Add(TinyNets.Floats(x)[0]);
                return x * 0.5f;
            },
            Filled(0.8f), Filled(0.5f), null);

        new PurifyLoss(Distance.L1).Of(Batch());
        Assert.Equal([0.8f], seen);
        seen.Clear();
        new TradesLatentLoss(Distance.L1, 1, x => x).Of(Batch());
        Assert.Equal([0.5f], seen);
        seen.Clear();
        new TradesPixelLoss(Distance.L1, 1).Of(Batch());
        Assert.Equal([0.5f, 0.8f], seen.Order());
    }

    private static Tensor Filled(float value) => ones([2, 3, 4, 4]) * value;
}
