using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Losses;

/// <summary>
/// MAEP's own loss (Eq. 12): D(x, g(f(M * x_a))) over visible and masked patches. As l1 and mse are sums over pixels, this is the sum of the purification
/// loss on visible patches (Eq. 11) and the reconstruction of masked ones (Eq. 9).
/// </summary>
public sealed class MaepLoss(Distance distance) : IPurifierLoss
{
    /// <inheritdoc/>
    public Tensor Of(PurifierBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return distance.Between(batch.Purified, batch.Clean);
    }
}
