using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Commands;

/// <summary>What a purifier is trained on and measured with.</summary>
/// <param name="Surrogate">The classifier that the pairs were made on, in evaluation mode.</param>
/// <param name="Clean">Clean training pictures.</param>
/// <param name="Draws">Their adversarial partners, one set for each draw of random starts.</param>
/// <param name="Probe">The measurement on test pictures.</param>
internal sealed record TrainingPairs(ResNetClassifier Surrogate, IPictureSet Clean, IReadOnlyList<PairSet> Draws, TransferProbe Probe) : IDisposable
{
    public void Dispose() => Surrogate.Dispose();
}
