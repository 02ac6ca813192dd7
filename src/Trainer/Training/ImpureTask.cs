using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>Trains an IMPure purifier on pairs (Algorithm 1): L1 on pixels, and the perceptual loss on the random combination of purified and attacked picture.</summary>
public sealed class ImpureTask : PurifierNetTask
{
    private readonly ImpurePurifier net;
    private readonly Dictionary<ResNetClassifier, PerceptualLoss> perceptual;
    private readonly IPictureSet clean;
    private readonly IReadOnlyList<SurrogatePairs> draws;
    private readonly ImpureRecipe recipe;
    private readonly TransferProbe probe;

    /// <summary>Prepares the task.</summary>
    /// <param name="net">What is trained.</param>
    /// <param name="clean">Clean training pictures.</param>
    /// <param name="draws">Their adversarial partners and whom they were made on, one set for each surrogate and each draw of random starts. The surrogate is also the feature network.</param>
    /// <param name="recipe">The settings.</param>
    /// <param name="probe">Measures the purifier during training.</param>
    public ImpureTask(ImpurePurifier net, IPictureSet clean, IReadOnlyList<SurrogatePairs> draws, ImpureRecipe recipe, TransferProbe probe)
        : base(net, recipe.BatchSize, recipe.WeightDecay)
    {
        (this.net, this.clean, this.draws, this.recipe, this.probe) = (net, clean, draws, recipe, probe);
        perceptual = draws.Select(draw => draw.Surrogate).Distinct().ToDictionary(surrogate => surrogate, surrogate => new PerceptualLoss(surrogate));
    }

    /// <inheritdoc/>
    public override Tensor Loss(long step, long steps, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        net.train();
        (Tensor attacked, Tensor target, ResNetClassifier surrogate) = PairBatch.Load(clean, draws, EpochOrder.Of(draws[0].Pairs.Count, recipe.BatchSize, step, recipe.Seed), recipe.CleanShare, recipe.Shift, random);
        int tiles = clean.Size / net.Architecture.Size;       // along an edge
        Tensor purified = net.Purify(attacked, RegionalDraw.Draw(recipe.BatchSize * tiles * tiles, net.Architecture, random));
        Tensor pixels = nn.functional.l1_loss(purified, target);
        if (recipe.PerceptualWeight == 0)
            return pixels;
        Tensor share = RandomCombination.Draw(recipe.BatchSize, clean.Size, net.Architecture.Patch, recipe.Combination, random);
        return pixels + perceptual[surrogate].Of(RandomCombination.Mix(purified, attacked, share), target) * recipe.PerceptualWeight;
    }

    /// <inheritdoc/>
    protected override string Measure() => probe.Measure(Net).ToString();
}
