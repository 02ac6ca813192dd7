using System.Runtime.InteropServices;
using Realtime.Filter.Attacks;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>
/// AToP (Lin et al., arXiv 2401.16352, Algorithm 1): a trained purifier learns behind a random transform from attacked pictures, by its pixel loss and
/// the frozen classifier's cross-entropy (Eqs. 5 and 9, without the discriminator: that belongs to the paper's GAN, as Eq. 5 leaves each purifier its own loss).
/// </summary>
public sealed class AtopTask : PurifierNetTask
{
    private const float PixelRange = 2f;        // the pixel loss is taken on [-1, 1], where the authors' code has its pixels

    private readonly ResNetClassifier classifier;
    private readonly IPictureSet clean;
    private readonly IAttack? attack;
    private readonly AtopRecipe recipe;
    private readonly AdaptiveProbe probe;

    /// <summary>Prepares the task.</summary>
    /// <param name="net">What is trained.</param>
    /// <param name="classifier">The classifier to defend, in evaluation mode and without gradients for its weights.</param>
    /// <param name="clean">Training pictures.</param>
    /// <param name="attack">What the pictures of a step are attacked with; null leaves them clean (the paper's Figure 4).</param>
    /// <param name="recipe">The settings.</param>
    /// <param name="probe">Measures the purifier during training.</param>
    public AtopTask(PurifierNet net, ResNetClassifier classifier, IPictureSet clean, IAttack? attack, AtopRecipe recipe, AdaptiveProbe probe)
        : base(net, recipe.BatchSize, recipe.WeightDecay) =>
        (this.classifier, this.clean, this.attack, this.recipe, this.probe) = (classifier, clean, attack, recipe, probe);

    /// <inheritdoc/>
    public override Tensor Loss(long step, long steps, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Net.train();
        (Tensor pictures, Tensor labels) = Batch.OfStep(clean, recipe.BatchSize, step, recipe.Seed, recipe.Shift, random);
        Tensor attacked = Attacked(pictures, labels, random);

        // Not clamped: where a pixel saturates a clamp has no gradient, and the pixel loss keeps the output near [0, 1] anyway.
        Tensor purified = Net.PurifyBehind(recipe.Transform, attacked, random);
        Tensor pixels = nn.functional.l1_loss(purified, recipe.ToClean ? pictures : attacked) * PixelRange;
        return pixels + (nn.functional.cross_entropy(classifier.call(purified), labels) * recipe.Weight);
    }

    /// <inheritdoc/>
    protected override string Measure() => probe.Measure(Net).ToString();

    private Tensor Attacked(Tensor pictures, Tensor labels, Random random)
    {
        if (attack is null)
            return pictures;
        TorchGradient victim = new(x => classifier.call(recipe.FullGradient ? Net.PurifyBehind(recipe.Transform, x, random) : x), clean.Size, clean.Labels.Count);
        Tensor attacked = empty(pictures.shape);
        attack.Perturb(victim, Floats(pictures), MemoryMarshal.Cast<byte, long>(labels.bytes), Floats(attacked), random);
        return attacked;
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
