using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Data;

/// <summary>Puts pairs of attacked and clean pictures together, changed alike.</summary>
public static class PairBatch
{
    /// <summary>The pictures <paramref name="indices"/> twice, as [N, 3, S, S] in [0, 1], and whom the attack was made on; the first <paramref name="cleanShare"/> of them are clean in both.</summary>
    /// <param name="clean">Clean pictures.</param>
    /// <param name="draws">Their adversarial partners, of which one set is drawn for the whole batch.</param>
    /// <param name="indices">Which pictures.</param>
    /// <param name="cleanShare">Share of pictures given clean.</param>
    /// <param name="shift">Largest shift in pixels.</param>
    /// <param name="random">Source of changes and draw.</param>
    public static (Tensor Attacked, Tensor Clean, ResNetClassifier Surrogate) Load(IPictureSet clean, IReadOnlyList<SurrogatePairs> draws, int[] indices, double cleanShare, int shift, Random random)
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(random);
        Augmentation[] changes = [.. indices.Select(_ => Augmentation.Draw(random, shift))];
        (PairSet draw, ResNetClassifier surrogate) = draws[random.Next(draws.Count)];
        int cleanCount = (int)Math.Round(cleanShare * indices.Length);
        Tensor target = Batch.Load(clean, indices, changes).Pictures;
        Tensor attacked = Batch.Load(draw, indices.AsSpan(cleanCount), changes.AsSpan(cleanCount)).Pictures;
        return (cleanCount == 0 ? attacked : cat([target.narrow(0, 0, cleanCount), attacked], 0), target, surrogate);
    }
}
