using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Losses;

/// <summary>One of the loss designs that MAEP compares (Table 12); see <see cref="LossDesign"/> for all of them.</summary>
public interface IPurifierLoss
{
    /// <summary>The loss of a batch, a scalar with its graph.</summary>
    Tensor Of(PurifierBatch batch);
}
