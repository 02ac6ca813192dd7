using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Commands;

/// <summary>What a purifier is trained on and measured with.</summary>
/// <param name="Clean">Clean training pictures.</param>
/// <param name="Draws">Their adversarial partners and whom they were made on, one set for each surrogate and each draw of random starts.</param>
/// <param name="Probe">The measurement on test pictures.</param>
internal sealed record TrainingPairs(IPictureSet Clean, IReadOnlyList<SurrogatePairs> Draws, TransferProbe Probe) : IDisposable
{
    public void Dispose()
    {
        foreach (ResNetClassifier surrogate in Draws.Select(draw => draw.Surrogate).Distinct())
            surrogate.Dispose();
    }
}
