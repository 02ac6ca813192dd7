using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using Realtime.Trainer.Training.Finetuning;
using Realtime.Trainer.Training.Losses;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>
/// Trains a purifier, or a part of it, on pairs of an attacked and a clean picture by one of MAEP's losses, and where asked a perceptual term on the
/// surrogate's features.
/// </summary>
public sealed class PurifierTask : ITrainingTask, IDisposable
{
    private readonly PurifierNet net;
    private readonly IPictureSet clean;
    private readonly IReadOnlyList<SurrogatePairs> draws;
    private readonly PurifierRecipe recipe;
    private readonly TransferProbe probe;
    private readonly IPurifierLoss loss;
    private readonly ITrainedPart part;

    /// <summary>Prepares the task.</summary>
    /// <param name="net">What is trained.</param>
    /// <param name="clean">Clean training pictures.</param>
    /// <param name="draws">Their adversarial partners and whom they were made on, one set for each surrogate and each draw of random starts.</param>
    /// <param name="recipe">The settings.</param>
    /// <param name="probe">Measures the purifier during training.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="part">What of the net is trained. Stays the caller's.</param>
    public PurifierTask(
        PurifierNet net, IPictureSet clean, IReadOnlyList<SurrogatePairs> draws, PurifierRecipe recipe, TransferProbe probe,
        IPurifierLoss loss, ITrainedPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        (this.net, this.clean, this.draws, this.recipe, this.probe, this.loss, this.part) = (net, clean, draws, recipe, probe, loss, part);
        Optimizer = new AdamW(part.Parameters, beta1: 0.9, beta2: 0.95, recipe.WeightDecay);
    }

    /// <inheritdoc/>
    public int BatchSize => recipe.BatchSize;

    /// <inheritdoc/>
    public IOptimizer Optimizer { get; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> Weights => part.Weights;

    /// <summary>The mask ratio of <paramref name="step"/>.</summary>
    public double MaskRatio(long step, long steps) =>
        recipe.MaskAnneal > 1 ? recipe.MaskRatio : recipe.MaskRatio * Math.Max(0, 1 - step / (recipe.MaskAnneal * steps + 1e-9));

    /// <inheritdoc/>
    public Tensor Loss(long step, long steps, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        net.train();
        int[] indices = EpochOrder.Of(draws[0].Pairs.Count, recipe.BatchSize, step, recipe.Seed);
        (Tensor input, Tensor target, ResNetClassifier surrogate) = PairBatch.Load(clean, draws, indices, recipe.CleanShare, recipe.Shift, random);
        int tiles = clean.Size / net.Architecture.Size;       // along an edge
        double ratio = MaskRatio(step, steps);
        TokenMask? mask = ratio > 0 ? TokenMask.Draw(indices.Length * tiles * tiles, net.Architecture.Tokens, ratio, random) : null;
        PurifierBatch batch = new(net.Purify, input, target, mask);
        Tensor value = loss.Of(batch);
        return recipe.FeatureWeight > 0 || recipe.LogitWeight > 0 ? value + SurrogateLoss(surrogate, batch.Purified, target) : value;
    }

    /// <inheritdoc/>
    public string Evaluate()
    {
        net.eval();
        string measured = "";
        part.AsPlain(() => measured = probe.Measure(net).ToString());
        return measured;
    }

    /// <inheritdoc/>
    public void Dispose() => Optimizer.Dispose();

    private Tensor SurrogateLoss(ResNetClassifier surrogate, Tensor purified, Tensor target)
    {
        Tensor[] wanted;
        Tensor answer;
        using (no_grad())
        {
            wanted = surrogate.Features(target);
            answer = nn.functional.softmax(surrogate.Logits(wanted[^1]), 1);
        }

        Tensor[] found = surrogate.Features(purified);
        Tensor divergence = (answer * ((answer + 1e-8f).log() - nn.functional.log_softmax(surrogate.Logits(found[^1]), 1))).sum(1).mean();
        return FeatureDistance(found, wanted) * recipe.FeatureWeight + divergence * recipe.LogitWeight;
    }

    // Each stage's distance is taken relative to the size of its features, so that no stage drowns the others.
    private static Tensor FeatureDistance(Tensor[] found, Tensor[] wanted)
    {
        Tensor? sum = null;
        for (int i = 0; i < found.Length; i++)
        {
            Tensor distance = (found[i].to_type(ScalarType.Float32) - wanted[i].to_type(ScalarType.Float32)).abs().mean() / wanted[i].to_type(ScalarType.Float32).mean();
            sum = sum is null ? distance : sum + distance;
        }

        return sum! / found.Length;
    }
}
