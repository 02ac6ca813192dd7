using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>A column in which the attacker knows the defence, or at least may ask it: (c) to (f), further attacks, checks.</summary>
/// <param name="column">The column.</param>
/// <param name="defence">Under attack.</param>
/// <param name="members">The attacks, each on the pictures that resist those before it.</param>
/// <param name="earlier">Columns whose broken pictures are left out.</param>
public sealed class AdaptiveUnit(string column, string defence, Func<UnitContext, IReadOnlyList<AttackMember>> members, IReadOnlyList<string> earlier)
    : EvaluationUnit($"{column} {defence}")
{
    /// <summary>The count of clean pictures at which the full gradient is exactly zero.</summary>
    public static string WithoutGradientOf(string defence) => "without gradient " + defence;

    /// <summary>Whether to count clean pictures without a gradient.</summary>
    public bool LooksForGradients { get; init; }

    /// <inheritdoc/>
    public override BatchMeasurement Measure(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        DeployedDefence deployed = context.Deployed(defence);
        BatchAttack run = new(context, deployed);
        run.Run(members(context), context.Broken(defence, earlier));
        Dictionary<string, double> counts = [];
        if (LooksForGradients)
            counts[WithoutGradientOf(defence)] = WithoutGradient(context);
        return new BatchMeasurement(Name, 0, 0, [Row(context, deployed, defence, column, run.Right, run.Adversarial)], counts);
    }

    private int WithoutGradient(UnitContext context)
    {
        PictureBatch batch = context.Batch;
        IGradient victim = context.Full(defence, context.Chance("gradient"));
        float[] gradient = new float[batch.Clean.Length];
        victim.Evaluate(batch.Clean, batch.Labels, new float[batch.Count * victim.Classes], new float[batch.Count], gradient);
        return Enumerable.Range(0, batch.Count).Count(n => !gradient.AsSpan(n * batch.Each, batch.Each).ContainsAnyExcept(0f));
    }
}
