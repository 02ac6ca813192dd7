using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Losses;

/// <summary>
/// TRADES in the latent domain (MAEP, Eq. 16): D(P(x), x) + weight * D(f(x_a), f(x)). The encoder is to see through the attack; the decoder never meets an
/// attacked picture. Both distances are in the unit of <see cref="Distance"/>, so the weight is the equation's.
/// </summary>
/// <param name="distance">D.</param>
/// <param name="weight">Weight of the second term, above 0.</param>
/// <param name="encoder">f: pictures [B, 3, H, H] -> latent tokens, with its graph.</param>
public sealed class TradesLatentLoss(Distance distance, double weight, Func<Tensor, Tensor> encoder) : IPurifierLoss
{
    /// <inheritdoc/>
    public Tensor Of(PurifierBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return distance.Between(batch.PurifiedClean, batch.Clean) + distance.Between(encoder(batch.Attacked), encoder(batch.Clean)) * weight;
    }
}
