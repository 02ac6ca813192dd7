using static TorchSharp.torch;

namespace Realtime.Trainer.Nets;

/// <summary>Pictures to rows of patches and back; each is the exact inverse of the other.</summary>
public static class Patches
{
    /// <summary>[B, C, S, S] -> [B, N, C * P * P], patches in row order, each laid out channel, row, column.</summary>
    public static Tensor Fold(Tensor picture, int patch)
    {
        (long b, long c, long s) = (picture.shape[0], picture.shape[1], picture.shape[2]);
        long edge = s / patch;
        return picture.reshape(b, c, edge, patch, edge, patch).permute(0, 2, 4, 1, 3, 5).reshape(b, edge * edge, c * patch * patch);
    }

    /// <summary>[B, N, C * P * P] -> [B, C, S, S].</summary>
    public static Tensor Unfold(Tensor rows, int patch, int size)
    {
        (long b, long edge) = (rows.shape[0], size / patch);
        long c = rows.shape[2] / (patch * patch);
        return rows.reshape(b, edge, edge, c, patch, patch).permute(0, 3, 1, 4, 2, 5).reshape(b, c, size, size);
    }
}
