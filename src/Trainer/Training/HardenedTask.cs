using Realtime.Filter.Defences;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>
/// Adversarial training of the purifier in front of a frozen classifier: every step's pictures are attacked through purifier and classifier as they
/// stand, and the purifier learns to have the classifier answer right all the same (AToP's idea, arXiv 2401.16352, with full gradients).
/// </summary>
public sealed class HardenedTask : ITrainingTask, IDisposable
{
    private const float Levels = 255f;      // the pixel loss is in 8-bit levels

    private readonly PurifierNet net;
    private readonly ResNetClassifier classifier;
    private readonly IPictureSet clean;
    private readonly HardenedRecipe recipe;
    private readonly AdaptiveProbe probe;

    /// <summary>Prepares the task.</summary>
    /// <param name="net">What is trained.</param>
    /// <param name="classifier">The classifier to defend, in evaluation mode and without gradients for its weights.</param>
    /// <param name="clean">Training pictures.</param>
    /// <param name="recipe">The settings.</param>
    /// <param name="probe">Measures the purifier during training.</param>
    public HardenedTask(PurifierNet net, ResNetClassifier classifier, IPictureSet clean, HardenedRecipe recipe, AdaptiveProbe probe)
    {
        (this.net, this.classifier, this.clean, this.recipe, this.probe) = (net, classifier, clean, recipe, probe);
        Optimizer = new AdamW(net.named_parameters(), beta1: 0.9, beta2: 0.95, recipe.WeightDecay);
    }

    /// <summary>What stands before the purifier in use, drawn anew for each step of attack and training; null for none.</summary>
    public RandomTransform? Transform { get; init; }

    /// <inheritdoc/>
    public int BatchSize => recipe.BatchSize;

    /// <inheritdoc/>
    public IOptimizer Optimizer { get; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, Tensor Tensor)> Weights => Training.Weights.Of(net);

    /// <summary>The attack of <paramref name="step"/>, while its radius grows and after.</summary>
    public TrainingAttack AttackAt(long step, long steps)
    {
        double share = recipe.RadiusWarmUp > 0 ? Math.Min(1, step / (recipe.RadiusWarmUp * steps)) : 1;
        return recipe.Attack with { Epsilon = (float)(recipe.Attack.Epsilon * share), StepSize = (float)(recipe.Attack.StepSize * share) };
    }

    /// <inheritdoc/>
    public Tensor Loss(long step, long steps, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        net.train();
        int[] indices = EpochOrder.Of(clean.Count, recipe.BatchSize, step, recipe.Seed);
        Augmentation[] changes = [.. indices.Select(_ => Augmentation.Draw(random, recipe.Shift))];
        (Tensor pictures, Tensor labels) = Batch.Load(clean, indices, changes);
        Tensor attacked = AttackAt(step, steps).Perturb(pictures, labels, x => classifier.call(net.PurifyBehind(Transform, x, random)), random);

        // Not clamped, like the attack: where a pixel saturates a clamp has no gradient, and the pixel loss keeps the output near [0, 1] anyway.
        Tensor purified = net.PurifyBehind(Transform, attacked, random);
        Tensor loss = nn.functional.cross_entropy(classifier.call(purified), labels) * (1 - recipe.CleanWeight);
        if (recipe.CleanWeight > 0)
            loss = loss + nn.functional.cross_entropy(classifier.call(net.PurifyBehind(Transform, pictures, random)), labels) * recipe.CleanWeight;
        return loss + nn.functional.l1_loss(purified, pictures) * (Levels * recipe.PixelWeight);
    }

    /// <inheritdoc/>
    public string Evaluate()
    {
        net.eval();
        return probe.Measure(net).ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => Optimizer.Dispose();
}
