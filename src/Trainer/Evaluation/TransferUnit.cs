using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>
/// Columns (b) and (g), and further attacks of their kind: pictures are attacked without knowledge of the defence, by APGD-CE to its last step whatever becomes of them (as
/// AutoAttack's first member leaves them), and then defended. Non-adaptive.
/// </summary>
/// <param name="column">(b) or (g).</param>
/// <param name="source">What the attacker knows besides the classifier: another defence, or "none".</param>
/// <param name="defences">Whom the pictures are shown to.</param>
public sealed class TransferUnit(string column, string source, IReadOnlyList<string> defences) : EvaluationUnit(source == BatchRow.Undefended ? column : $"{column} {source}")
{
    /// <summary>The attack.</summary>
    public static IAttack Attack(EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new Apgd(settings.Epsilon, settings.Steps, goal: new AttackGoal { Norm = settings.Norm });
    }

    /// <summary>Another attack than APGD-CE, by name; null for that.</summary>
    public string? AttackName { get; init; }

    /// <inheritdoc/>
    public override BatchMeasurement Measure(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PictureBatch batch = context.Batch;
        IGradient victim = context.Full(source, context.Chance("source"));
        if (context.Deployed(source).IsStochastic)
            victim = new EotGradient(victim, context.Settings.EotDraws);
        BatchAttack run = new(context, context.Deployed(source));
        float[] found = run.Perturb(new AttackMember(_ => AttackName is null ? Attack(context.Settings) : AdaptiveUnits.Further(AttackName, context.Settings with { Targeted = false }), victim), [.. Enumerable.Range(0, batch.Count)], leaves: null);
        List<BatchRow> rows = [];
        foreach (string defence in defences)
        {
            DeployedDefence deployed = context.Deployed(defence);
            int[] right = deployed.CountRight(found, batch.Labels, context.DrawsOf(deployed), context.Chance("judge " + defence));
            rows.Add(Row(context, deployed, defence, column, right, found));
        }

        return new BatchMeasurement(Name, 0, 0, rows);
    }
}
