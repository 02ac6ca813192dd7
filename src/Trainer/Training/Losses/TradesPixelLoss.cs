using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Losses;

/// <summary>
/// TRADES (arXiv 1901.08573) in the pixel domain (MAEP, Eq. 15): D(P(x), x) + weight * D(P(x_a), P(x)). The purified attacked picture is only to be what the
/// purified clean one is. As in TRADES, gradients flow through both of them.
/// </summary>
/// <param name="distance">D.</param>
/// <param name="weight">Weight of the second term, above 0.</param>
public sealed class TradesPixelLoss(Distance distance, double weight) : IPurifierLoss
{
    /// <inheritdoc/>
    public Tensor Of(PurifierBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return distance.Between(batch.PurifiedClean, batch.Clean) + distance.Between(batch.Purified, batch.PurifiedClean) * weight;
    }
}
