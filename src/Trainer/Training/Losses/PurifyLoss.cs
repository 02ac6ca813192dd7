using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Losses;

/// <summary>
/// DISCO's purification loss (MAEP, Eq. 2): D(x, P(x_a)) on whole pictures. It is what MAEP's loss becomes at r = 0, and the loss of every fine-tuning
/// (Eq. 10 for the second stage of masked pre-training; section 5.1 for LoRA).
/// </summary>
public sealed class PurifyLoss(Distance distance) : IPurifierLoss
{
    /// <inheritdoc/>
    public Tensor Of(PurifierBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Mask is not null)
            throw new ArgumentException("The purification loss is defined on whole pictures.", nameof(batch));
        return distance.Between(batch.Purified, batch.Clean);
    }
}
