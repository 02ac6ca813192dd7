using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>The attacks of the columns in which the attacker knows the defence.</summary>
public static class AdaptiveUnits
{
    /// <summary>Pictures that accuracy against the radius is measured on, at most.</summary>
    internal const int CurvePictures = 100;

    private const int UnboundedPictures = 20;
    private const int CheckedPictures = 200;

    /// <summary>The losses of the gradient columns, one after the other: cross-entropy, DLR.</summary>
    public static IReadOnlyList<AttackGoal> GradientGoals(EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return [new AttackGoal { Norm = settings.Norm }, new AttackGoal { Norm = settings.Norm, Loss = LossKind.Dlr }];
    }

    /// <summary>Column (c): APGD-CE, forward through the defence, backward as if it were not there.</summary>
    public static AdaptiveUnit Bpda(string defence) => new(
        EvaluationColumns.Bpda,
        defence,
        context => [Apgd(context, context.Bpda(defence, context.Chance("defence")), GradientGoals(context.Settings)[0])],
        []);

    /// <summary>Column (d): APGD-CE, then APGD-DLR, through defence and classifier.</summary>
    public static AdaptiveUnit Full(EvaluationSettings settings, string defence)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            EvaluationColumns.Full,
            defence,
            context => [.. GradientGoals(context.Settings).Select(goal => Apgd(context, context.Full(defence, context.Chance("defence")), goal))],
            settings.IsFast ? [EvaluationColumns.Bpda] : [])
        {
            LooksForGradients = true,
        };
    }

    /// <summary>Column (e): the same with gradients averaged over draws.</summary>
    public static AdaptiveUnit Eot(string defence) => new(
        EvaluationColumns.Eot,
        defence,
        context => [.. GradientGoals(context.Settings).Select(goal =>
            Apgd(context, new EotGradient(context.Full(defence, context.Chance("defence")), context.Settings.EotDraws), goal))],
        []);

    /// <summary>Column (f): Square on the deployed forward pass.</summary>
    public static AdaptiveUnit Queries(EvaluationSettings settings, string defence)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new(
            EvaluationColumns.Queries,
            defence,
            context => [new AttackMember(
                _ => new Square(context.Settings.Epsilon, context.Settings.Queries, goal: new AttackGoal { Norm = context.Settings.Norm }),
                new BlackBox(context.Deployed(defence), context.Classifier, context.Chance("defence")))],
            settings.IsFast ? [EvaluationColumns.Bpda, EvaluationColumns.Full] : []);
    }

    /// <summary>A further attack by full gradient.</summary>
    public static AdaptiveUnit Further(string attack, string defence) => new(
        EvaluationColumns.OfAttack(attack),
        defence,
        context => [new AttackMember(
            _ => Further(attack, context.Settings),
            context.Full(defence, context.Chance("defence")),
            context.Settings.Targeted ? Targets(context) : null)],
        []);

    /// <summary>The further attack that a name means; judged after rounding.</summary>
    /// <exception cref="Filter.Errors.UserErrorException">The name or the settings do not fit (usage).</exception>
    public static IAttack Further(string attack, EvaluationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new EightBitAttack(AttackFactory.Create(attack, settings.Epsilon, norm: settings.Norm, targeted: settings.Targeted));
    }

    /// <summary>The check that a budget of the whole range leaves nothing, on a few pictures.</summary>
    public static AdaptiveUnit Unbounded(string defence) => new(
        EvaluationColumns.Unbounded,
        defence,
        context => [Apgd(context, context.Full(defence, context.Chance("defence")), AttackGoal.Default, epsilon: 1)],
        [])
    {
        Pictures = UnboundedPictures,
    };

    /// <summary>The check that (d) has converged: twice the steps, on the first pictures.</summary>
    public static AdaptiveUnit Doubled(string defence) => new(
        EvaluationColumns.Doubled,
        defence,
        context => [.. GradientGoals(context.Settings).Select(goal =>
            Apgd(context, context.Full(defence, context.Chance("defence")), goal, steps: 2 * context.Settings.Steps))],
        [])
    {
        Pictures = CheckedPictures,
    };

    /// <summary>A radius of the curve: APGD-CE by full gradient on the first pictures.</summary>
    public static AdaptiveUnit OfRadius(Norm norm, float radius, string defence) => new(
        EvaluationColumns.OfRadius(norm, radius),
        defence,
        context => [Apgd(context, context.Full(defence, context.Chance("defence")), GradientGoals(context.Settings)[0], radius)],
        [])
    {
        Pictures = CurvePictures,
    };

    private static AttackMember Apgd(UnitContext context, IGradient victim, AttackGoal goal, float? epsilon = null, int? steps = null) => new(
        leaves => new Apgd(epsilon ?? context.Settings.Epsilon, steps ?? context.Settings.Steps, goal: goal) { Leaves = leaves },
        victim);

    /// <summary>For each picture another class than its own, drawn evenly.</summary>
    private static long[] Targets(UnitContext context)
    {
        int classes = context.Classifier.Classes;
        Random random = context.Chance("targets");
        return [.. context.Batch.Labels.Select(label => (label + 1 + random.Next(classes - 1)) % classes)];
    }
}
