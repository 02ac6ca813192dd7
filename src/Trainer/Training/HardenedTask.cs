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
public sealed class HardenedTask : PurifierNetTask
{
    private const float Levels = 255f;      // the pixel loss is in 8-bit levels

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
        : base(net, recipe.BatchSize, recipe.WeightDecay) =>
        (this.classifier, this.clean, this.recipe, this.probe) = (classifier, clean, recipe, probe);

    /// <summary>What stands before the purifier in use, drawn anew for each step of attack and training; null for none.</summary>
    public RandomTransform? Transform { get; init; }

    /// <inheritdoc/>
    public override Tensor Loss(long step, long steps, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Net.train();
        (Tensor pictures, Tensor labels) = Batch.OfStep(clean, recipe.BatchSize, step, recipe.Seed, recipe.Shift, random);
        Tensor attacked = recipe.AttackAt(step, steps).Perturb(pictures, labels, x => classifier.call(Net.PurifyBehind(Transform, x, random)), random);

        // Not clamped, like the attack: where a pixel saturates a clamp has no gradient, and the pixel loss keeps the output near [0, 1] anyway.
        Tensor purified = Net.PurifyBehind(Transform, attacked, random);
        Tensor loss = nn.functional.cross_entropy(classifier.call(purified), labels) * (1 - recipe.CleanWeight);
        if (recipe.CleanWeight > 0)
            loss = loss + nn.functional.cross_entropy(classifier.call(Net.PurifyBehind(Transform, pictures, random)), labels) * recipe.CleanWeight;
        return loss + nn.functional.l1_loss(purified, pictures) * (Levels * recipe.PixelWeight);
    }

    /// <inheritdoc/>
    protected override string Measure() => probe.Measure(Net).ToString();
}
