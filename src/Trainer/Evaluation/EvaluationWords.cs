using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>How reports name the columns, their attacks and what the attacker knows.</summary>
public static class EvaluationWords
{
    /// <summary>A column's title over its letter.</summary>
    /// <param name="column">One of <see cref="EvaluationColumns.All"/>.</param>
    public static string Title(string column) => column switch
    {
        EvaluationColumns.Undefended => "undefended, AutoAttack",
        EvaluationColumns.Transfer => "transfer, non-adaptive",
        EvaluationColumns.Bpda => "BPDA identity",
        EvaluationColumns.Full => "full gradient",
        EvaluationColumns.Eot => "full gradient, EOT",
        EvaluationColumns.Queries => "Square, queries",
        EvaluationColumns.Surrogate => "transfer from another defence, non-adaptive",
        _ => column,
    };

    /// <summary>The attack of a column, and what the attacker knows.</summary>
    /// <param name="settings">Of the evaluation.</param>
    /// <param name="defence">Behind which.</param>
    /// <param name="column">The column.</param>
    public static (string Attack, string Knows) Of(EvaluationSettings settings, string defence, string column)
    {
        ArgumentNullException.ThrowIfNull(settings);
        IReadOnlyList<AttackGoal> goals = AdaptiveUnits.GradientGoals(settings);
        string both = defence == BatchRow.Undefended ? "classifier" : "classifier and defence";
        string gradient = string.Join(" + ", goals.Select(goal => new Apgd(settings.Epsilon, settings.Steps, goal: goal).Name));
        return column switch
        {
            EvaluationColumns.Clean => ("none", "-"),
            EvaluationColumns.Noise => ($"random noise {goals[0].Describe(settings.Epsilon)}", "-"),
            EvaluationColumns.Undefended => (UndefendedUnit.Attack(settings).Name, "classifier"),
            EvaluationColumns.Transfer => (TransferUnit.Attack(settings).Name, "classifier (transfer, non-adaptive)"),
            EvaluationColumns.Bpda => (TransferUnit.Attack(settings).Name, "classifier and the defence's forward pass (BPDA identity)"),
            EvaluationColumns.Full => (gradient, both + " (full gradient)"),
            EvaluationColumns.Eot => ($"{gradient}, EOT-{settings.EotDraws}", both + " (full gradient)"),
            EvaluationColumns.FixedSeed => (gradient, both + ", and the seed of its draws"),
            EvaluationColumns.Queries => (new Square(settings.Epsilon, settings.Queries, goal: goals[0]).Name, "nothing, may ask"),
            EvaluationColumns.Surrogate => (TransferUnit.Attack(settings).Name, $"classifier and {settings.Surrogates.GetValueOrDefault(defence)} (transfer, non-adaptive)"),
            EvaluationColumns.Doubled => (string.Join(" + ", goals.Select(goal => new Apgd(settings.Epsilon, 2 * settings.Steps, goal: goal).Name)), both + " (full gradient)"),
            EvaluationColumns.Unbounded => (new Apgd(1, settings.Steps).Name, both + " (full gradient)"),
            _ => Further(settings, column, both + " (full gradient)"),
        };
    }

    private static (string Attack, string Knows) Further(EvaluationSettings settings, string column, string knows)
    {
        foreach (string attack in settings.Transfers.Where(attack => EvaluationColumns.OfTransfer(attack) == column))
            return (AdaptiveUnits.Further(attack, settings with { Targeted = false }).Name, "classifier (transfer, non-adaptive)");
        foreach (string attack in settings.Attacks.Where(attack => EvaluationColumns.OfAttack(attack) == column))
            return (AdaptiveUnits.Further(attack, settings).Name, knows);
        float radius = settings.CurveRadii.Single(radius => EvaluationColumns.OfRadius(settings.Norm, radius) == column);
        return (new Apgd(radius, settings.Steps, goal: AdaptiveUnits.GradientGoals(settings)[0]).Name, knows);
    }
}
