using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>
/// The check on chance in column (e): a stochastic defence draws the same each time, and the attacker knows it. What is lost against (e) was
/// held by chance, not by the defence. Attack and judge see whole batches, so that each picture meets its own draw.
/// </summary>
/// <param name="defence">A stochastic one.</param>
public sealed class FixedSeedUnit(string defence) : EvaluationUnit($"{EvaluationColumns.FixedSeed} {defence}")
{
    /// <inheritdoc/>
    public override BatchMeasurement Measure(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PictureBatch batch = context.Batch;
        int[] all = [.. Enumerable.Range(0, batch.Count)], right = [];
        DeployedDefence deployed = context.Deployed(defence);
        float[] shown = [];
        foreach (AttackGoal goal in AdaptiveUnits.GradientGoals(context.Settings))
        {
            IAttack attack = new Apgd(context.Settings.Epsilon, context.Settings.Steps, goal: goal);
            float[] found = new BatchAttack(context, deployed).Perturb(new AttackMember(_ => attack, new Still(context, defence)), all, leaves: null);
            int[] now = deployed.CountRight(found, batch.Labels, 1, context.Chance("still"));
            shown = shown.Length == 0 ? found : shown;
            right = right.Length == 0 ? now : [.. right.Zip(now, Math.Min)];
        }

        return new BatchMeasurement(Name, 0, 0, [Row(context, deployed, defence, EvaluationColumns.FixedSeed, right, shown) with { Draws = 1 }]);
    }

    /// <summary>The full gradient with chance begun anew at each question.</summary>
    private sealed class Still(UnitContext context, string defence) : IGradient
    {
        public int Classes => context.Classifier.Classes;

        public int PictureLength => context.Classifier.PictureLength;

        public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient) =>
            context.Full(defence, context.Chance("still")).Evaluate(pictures, labels, logits, loss, gradient);

        public void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient) =>
            context.Full(defence, context.Chance("still")).Evaluate(pictures, loss, logits, losses, gradient);

        public void Predict(ReadOnlySpan<float> pictures, Span<float> logits) => context.Full(defence, context.Chance("still")).Predict(pictures, logits);
    }
}
