using System.Globalization;
using Realtime.Trainer.Data;
using Realtime.Trainer.Nets;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>
/// The first stage of a hardened purifier: adversarial training (Madry et al. 2018) of its encoder with a linear head on the tokens. No classifier stands behind it and no
/// decoder works, so a step costs about a third of <see cref="HardenedTask"/>'s, which then teaches the decoder to show the classifier what the tokens know.
/// </summary>
/// <param name="net">Its encoder is trained; the decoder stays as it is.</param>
/// <param name="tokens">The head on it; thrown away after the stage.</param>
/// <param name="clean">Training pictures.</param>
/// <param name="test">Test pictures for the measurement.</param>
/// <param name="probes">How many of them, from the first.</param>
/// <param name="recipe">The settings; the pixel weight has no part here.</param>
public sealed class EncoderHardeningTask(MaskedAutoencoderPurifier net, TokenClassifier tokens, IPictureSet clean, IPictureSet test, int probes, HardenedRecipe recipe)
    : PurifierNetTask(net, recipe.BatchSize, recipe.WeightDecay, tokens)
{
    private const int ProbeBatch = 50;
    private const int ProbeSteps = 10;

    /// <inheritdoc/>
    public override Tensor Loss(long step, long steps, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        tokens.train();
        (Tensor pictures, Tensor labels) = Batch.OfStep(clean, recipe.BatchSize, step, recipe.Seed, recipe.Shift, random);
        Tensor attacked = recipe.AttackAt(step, steps).Perturb(pictures, labels, tokens.call, random);
        Tensor loss = nn.functional.cross_entropy(tokens.call(attacked), labels);
        return recipe.CleanWeight == 0 ? loss : loss * (1 - recipe.CleanWeight) + nn.functional.cross_entropy(tokens.call(pictures), labels) * recipe.CleanWeight;
    }

    /// <inheritdoc/>
    protected override string Measure()
    {
        Random random = new(0);
        TrainingAttack attack = new(recipe.Attack.Epsilon, ProbeSteps, recipe.Attack.Epsilon / 4);
        long right = 0, robust = 0;
        for (int start = 0; start < probes; start += ProbeBatch)
        {
            using DisposeScope scope = NewDisposeScope();
            (Tensor pictures, Tensor labels) = Batch.Load(test, [.. Enumerable.Range(start, Math.Min(ProbeBatch, probes - start))]);
            Tensor attacked;
            using (enable_grad())
                attacked = attack.Perturb(pictures, labels, tokens.call, random);
            right += Right(pictures, labels);
            robust += Right(attacked, labels);
        }

        return string.Create(CultureInfo.InvariantCulture, $"tokens: clean {100.0 * right / probes:0.0} %  full gradient PGD-{ProbeSteps} {100.0 * robust / probes:0.0} %");
    }

    private long Right(Tensor pictures, Tensor labels) => tokens.call(pictures).argmax(1).eq(labels).sum().ToInt64();
}
