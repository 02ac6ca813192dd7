using Realtime.Filter.Attacks;
using Realtime.Trainer.Data;
using Realtime.Trainer.Evaluation;
using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>
/// The second stage of a hardened purifier with <see cref="Bottleneck.Verdict"/>: its decoder learns to paint, for each verdict of the fixed encoder, a picture that the classifier
/// sees the same in (a distillation of the verdict through the classifier, Hinton et al. 2015). What passes are K numbers, so it is taught on all that an attack could make of them:
/// verdicts on training pictures, moved at random. No attack is made, and no encoder is differentiated, so that a step costs a quarter of <see cref="HardenedTask"/>'s.
/// </summary>
/// <param name="net">Its decoder is trained.</param>
/// <param name="classifier">The classifier to defend, in evaluation mode and without gradients for its weights.</param>
/// <param name="clean">Training pictures.</param>
/// <param name="recipe">The settings; attack, pixel weight and clean weight have no part here.</param>
/// <param name="probe">Measures the purifier during training.</param>
public sealed class PainterTask(MaskedAutoencoderPurifier net, ResNetClassifier classifier, IPictureSet clean, HardenedRecipe recipe, AdaptiveProbe probe)
    : PurifierNetTask(net, recipe.BatchSize, recipe.WeightDecay)
{
    private const float Spread = 3f;            // the largest deviation of the moves, in logits: those of an encoder trained on attacks differ by a few
    private const float Temperature = 0.25f;    // which class is ahead counts for more than by how much

    /// <inheritdoc/>
    public override Tensor Loss(long step, long steps, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        net.train();
        (Tensor pictures, _) = Batch.OfStep(clean, recipe.BatchSize, step, recipe.Seed, recipe.Shift, random);
        Tensor verdicts;                                                                                    // [N, K]
        using (no_grad())
        {
            Tensor seen = net.Verdict(net.Latent(pictures).mean([1]))!;
            verdicts = seen + Moves((int)seen.shape[0], (int)seen.shape[1], random);
        }

        return nn.functional.cross_entropy(classifier.call(net.Paint(verdicts)), nn.functional.softmax(verdicts / Temperature, 1));
    }

    /// <inheritdoc/>
    protected override string Measure() => probe.Measure(net).ToString();

    // [N, K] normal numbers, of another deviation for each picture.
    private static Tensor Moves(int count, int classes, Random random)
    {
        float[] moves = new float[count * classes];
        for (int i = 0; i < count; i++)
        {
            float deviation = Spread * random.NextSingle();
            Span<float> row = moves.AsSpan(i * classes, classes);
            Gaussian.Fill(row, random);
            foreach (ref float move in row)
                move *= deviation;
        }

        return tensor(moves, [count, classes]);
    }
}
