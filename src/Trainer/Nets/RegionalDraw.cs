using static TorchSharp.torch;

namespace Realtime.Trainer.Nets;

/// <summary>How IMPure splits a batch of tiles into regions, and what it hides each region behind while that region is restored.</summary>
/// <param name="Order">[B or 1, N] int64: the patches, region after region.</param>
/// <param name="Restore">[B or 1, N] int64: the place of each patch in <paramref name="Order"/>.</param>
/// <param name="Image">The noise on pixels [B, 3, S, S].</param>
/// <param name="Features">The noise on features [B, N, D].</param>
public sealed record RegionalDraw(Tensor Order, Tensor Restore, NoiseMask Image, NoiseMask Features)
{
    /// <summary>A draw for training: a random split and random noise. Intensities as in the authors' code: steps 200 to 599 on pixels, 200 to 999 on features.</summary>
    /// <param name="tiles">Tiles B.</param>
    /// <param name="architecture">Shape of the net.</param>
    /// <param name="random">Source of all of it; torch's generator is seeded from it, so that a resumed run draws the same noise.</param>
    public static RegionalDraw Draw(int tiles, ImpureArchitecture architecture, Random random)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(random);
        TokenMask order = TokenMask.Draw(tiles, architecture.Patches, 0, random);
        TorchSharp.torch.random.manual_seed(random.NextInt64());
        return new RegionalDraw(
            order.Kept,
            order.Restore,
            NoiseMask.Draw([tiles, 3, architecture.Size, architecture.Size], 200, 600, random),
            NoiseMask.Draw([tiles, architecture.Patches, architecture.Width], 200, 1000, random));
    }

    /// <summary>The draw in use, the same for every tile: the uniform split (section 5.3) and fixed noise.</summary>
    /// <param name="architecture">Shape of the net.</param>
    /// <param name="imageNoise">[1, 3, S, S] of variance 1.</param>
    /// <param name="featureNoise">[1, N, D] of variance 1.</param>
    public static RegionalDraw InUse(ImpureArchitecture architecture, Tensor imageNoise, Tensor featureNoise)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        long[] order = Uniform(architecture.Edge, architecture.Interleave), restore = new long[order.Length];
        for (int place = 0; place < order.Length; place++)
            restore[order[place]] = place;
        return new RegionalDraw(
            tensor(order, [1, order.Length]),
            tensor(restore, [1, order.Length]),
            NoiseMask.Fixed(imageNoise, architecture.ImageNoise),
            NoiseMask.Fixed(featureNoise, architecture.FeatureNoise));
    }

    /// <summary>The patches of a tile, region after region: each region takes one patch of every cell of <paramref name="interleave"/> by <paramref name="interleave"/>.</summary>
    /// <param name="edge">Patches along an edge, a multiple of <paramref name="interleave"/>.</param>
    /// <param name="interleave">Edge of a cell.</param>
    public static long[] Uniform(int edge, int interleave)
    {
        if (edge % interleave != 0)
            throw new ArgumentException($"{edge} patches along an edge are no whole number of cells of {interleave}.", nameof(edge));
        int cells = edge / interleave;
        long[] order = new long[edge * edge];
        for (int place = 0; place < order.Length; place++)
        {
            (int region, int cell) = Math.DivRem(place, cells * cells);
            int row = cell / cells * interleave + region / interleave, column = cell % cells * interleave + region % interleave;
            order[place] = row * edge + column;
        }

        return order;
    }
}
