using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Losses;

/// <summary>
/// The first stage of masked modelling (MAEP, Eq. 9): D(x, g(f(M * x_a))) over masked patches only. The paper's norm leaves the reduction open; as in MAE
/// (arXiv 2111.06377, section 3) it is the mean over masked pixels. The second stage (Eq. 10) is fine-tuning by <see cref="PurifyLoss"/>.
/// </summary>
/// <param name="distance">D.</param>
/// <param name="tile">Edge length S of a tile in pixels.</param>
public sealed class MlmLoss(Distance distance, int tile) : IPurifierLoss
{
    /// <inheritdoc/>
    public Tensor Of(PurifierBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Mask is null)
            throw new ArgumentException("Without masked patches this loss has nothing to look at.", nameof(batch));
        Tensor masked = batch.Mask.Pixels(tile) * -1f + 1f;         // 1 - M: [B * tiles, 1, S, S]
        return distance.Between(Tiles(batch.Purified), Tiles(batch.Clean), masked);
    }

    private Tensor Tiles(Tensor pictures) => Patches.Fold(pictures, tile).reshape(-1, 3, tile, tile);
}
