using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Losses;

/// <summary>
/// The reconstruction loss (MAEP, Eq. 13): D(x, P(x_a)) + D(x, P(x)), the attacked and the clean picture both inputs, both to become the clean one. The
/// paper names no weights, so both terms count alike.
/// </summary>
public sealed class ReconstructionLoss(Distance distance) : IPurifierLoss
{
    /// <inheritdoc/>
    public Tensor Of(PurifierBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return distance.Between(batch.Purified, batch.Clean) + distance.Between(batch.PurifiedClean, batch.Clean);
    }
}
