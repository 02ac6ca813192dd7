using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>Column (a): AutoAttack standard on the undefended classifier.</summary>
public sealed class UndefendedUnit() : EvaluationUnit(EvaluationColumns.Undefended)
{
    /// <summary>The attack.</summary>
    public static AutoAttack Attack(EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return AutoAttack.Standard(settings.Epsilon, settings.Norm, settings.Steps, settings.Queries, eightBit: true);
    }

    /// <inheritdoc/>
    public override BatchMeasurement Measure(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        AutoAttack attack = Attack(context.Settings);
        DeployedDefence deployed = context.Deployed(BatchRow.Undefended);
        BatchAttack run = new(context, deployed);
        float[] found = run.Perturb(new AttackMember(_ => attack, context.Classifier), [.. Enumerable.Range(0, context.Batch.Count)], leaves: null);
        int[] right = deployed.CountRight(found, context.Batch.Labels, 1, context.Chance("judge"));
        return new BatchMeasurement(Name, 0, 0, [Row(context, deployed, BatchRow.Undefended, Name, right, found)], Tally: attack.Tally);
    }
}
