using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Realtime.Trainer.Nets;

/// <summary>Which patches of each tile the encoder sees, as the MAE paper does it: a random order, of which the first part is kept.</summary>
public sealed class TokenMask
{
    private TokenMask(Tensor kept, Tensor restore, Tensor visible) => (Kept, Restore, Visible) = (kept, restore, visible);

    /// <summary>[B, K] int64: the patches that the encoder sees, in shuffled order.</summary>
    public Tensor Kept { get; }

    /// <summary>[B, N] int64: Restore[b, i] is the place of patch i in (kept ++ masked).</summary>
    public Tensor Restore { get; }

    /// <summary>[B, N] float32: 1 where the patch is visible, 0 where it is masked. This is the M of the paper's Eq. 1.</summary>
    public Tensor Visible { get; }

    /// <summary>How many of <paramref name="tokens"/> patches the encoder sees at a ratio of 0 (included) to 1 (excluded); at least one.</summary>
    public static int KeptOf(int tokens, double ratio) => Math.Max(1, (int)Math.Round(tokens * (1 - ratio)));

    /// <summary>The mask on pixels, [B, 1, size, size] float32: 1 where a pixel's patch is visible, 0 where it is masked.</summary>
    /// <param name="size">Edge length of a tile, a whole number of patches.</param>
    public Tensor Pixels(int size)
    {
        (long b, int edge) = (Visible.shape[0], (int)Math.Sqrt(Visible.shape[1]));
        int patch = size / edge;
        return Visible.reshape(b, 1, edge, 1, edge, 1).expand(b, 1, edge, patch, edge, patch).reshape(b, 1, size, size);
    }

    /// <summary>Draws a mask; at ratio 0 every patch is kept, still in random order.</summary>
    /// <param name="batch">Tiles B.</param>
    /// <param name="tokens">Patches a tile, N.</param>
    /// <param name="ratio">Share r of masked patches, 0 (included) to 1 (excluded).</param>
    /// <param name="random">Source of the order.</param>
    public static TokenMask Draw(int batch, int tokens, double ratio, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(ratio);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ratio, 1.0);
        int keep = KeptOf(tokens, ratio);
        Tensor kept = empty([batch, keep], ScalarType.Int64);
        Tensor restore = empty([batch, tokens], ScalarType.Int64);
        Tensor visible = empty([batch, tokens], ScalarType.Float32);
        Span<long> keptIds = MemoryMarshal.Cast<byte, long>(kept.bytes);
        Span<long> restoreIds = MemoryMarshal.Cast<byte, long>(restore.bytes);
        Span<float> seen = MemoryMarshal.Cast<byte, float>(visible.bytes);
        int[] order = [.. Enumerable.Range(0, tokens)];
        for (int b = 0; b < batch; b++)
        {
            random.Shuffle(order);
            for (int place = 0; place < tokens; place++)
            {
                if (place < keep)
                    keptIds[b * keep + place] = order[place];
                restoreIds[b * tokens + order[place]] = place;
                seen[b * tokens + order[place]] = place < keep ? 1f : 0f;
            }
        }

        return new TokenMask(kept, restore, visible);
    }
}
