namespace Realtime.Filter.Attacks;

/// <summary>What an attack wants: the norm of its ball, the loss it climbs, and whether the labels are to be left or reached.</summary>
public sealed record AttackGoal
{
    /// <summary>L-infinity, cross-entropy, untargeted.</summary>
    public static AttackGoal Default { get; } = new();

    /// <summary>The norm of the ball.</summary>
    public Norm Norm { get; init; } = Norm.Linf;

    /// <summary>The loss to climb.</summary>
    public LossKind Loss { get; init; }

    /// <summary>Whether the labels given to the attack are the classes to reach instead of the true ones.</summary>
    public bool Targeted { get; init; }

    /// <summary>The fewest classes for which the loss is defined.</summary>
    public int LeastClasses => LossOf([]).LeastClasses;

    /// <summary>The ball of radius <paramref name="epsilon"/>.</summary>
    /// <param name="epsilon">In units of the pixel range.</param>
    public IBall Ball(float epsilon) => Norm switch
    {
        Norm.Linf => new LinfBall(epsilon),
        Norm.L2 => new L2Ball(epsilon),
        _ => throw new ArgumentException($"There is no ball of norm {Norm}."),
    };

    /// <summary>The loss to climb for a batch.</summary>
    /// <param name="labels">The batch's labels.</param>
    public ILogitLoss LossOf(long[] labels)
    {
        ILogitLoss loss = Loss switch
        {
            LossKind.CrossEntropy => new CrossEntropyLoss(labels),
            LossKind.Margin => new MarginLoss(labels),
            _ => new DlrLoss(labels),
        };
        return Targeted ? new NegatedLoss(loss) : loss;
    }

    /// <summary>Whether a prediction is what the attack wants.</summary>
    /// <param name="predicted">The victim's answer.</param>
    /// <param name="label">The label given to the attack.</param>
    public bool IsReached(long predicted, long label) => predicted == label == Targeted;

    /// <summary>The part of an attack's name that tells the goal: "8/255", "L2 0.5 targeted".</summary>
    /// <param name="epsilon">The radius.</param>
    public string Describe(float epsilon) => Describe(Norm, epsilon) + (Targeted ? " targeted" : "");

    /// <summary>A radius as tables show it.</summary>
    internal static string Describe(Norm norm, float epsilon) => norm switch
    {
        _ when float.IsPositiveInfinity(epsilon) => $"{norm} unbounded",
        Norm.L2 => FormattableString.Invariant($"L2 {epsilon:0.######}"),
        _ => Epsilon.Format(epsilon),
    };
}
