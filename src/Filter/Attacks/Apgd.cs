namespace Realtime.Filter.Attacks;

/// <summary>
/// Auto-PGD (Croce and Hein 2020): PGD with momentum whose step sizes need no tuning. With <see cref="LossKind.CrossEntropy"/> it is
/// APGD-CE, with <see cref="LossKind.Dlr"/> APGD-DLR. Further restarts run on the pictures that still resist.
/// </summary>
public sealed class Apgd : IAttack
{
    private readonly int steps;
    private readonly int restarts;
    private readonly AttackGoal goal;
    private readonly IBall ball;
    private readonly ApgdRun run;
    private readonly VictimScratch scratch = new();
    private readonly ActiveSet active = new();
    private bool[] reached = [];

    /// <summary>Creates the attack.</summary>
    /// <param name="epsilon">Radius of the ball.</param>
    /// <param name="steps">Steps a restart; the paper's 100.</param>
    /// <param name="restarts">Random starts, at least 1.</param>
    /// <param name="goal">Norm, loss and target; <see cref="AttackGoal.Default"/> when not given.</param>
    public Apgd(float epsilon, int steps = 100, int restarts = 1, AttackGoal? goal = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(restarts, 1);
        this.goal = goal ?? AttackGoal.Default;
        this.steps = steps;
        this.restarts = restarts;
        ball = this.goal.Ball(epsilon);
        run = new ApgdRun(ball, steps, rho: 0.75f);
    }

    /// <summary>
    /// Asked at every step about the iterates that reached the goal: a picture that leaves keeps that iterate and costs nothing more, while the
    /// others keep their own step sizes. Null, the default, lets every picture run to the end, as AutoAttack does.
    /// </summary>
    public LeaveTest? Leaves { get; init; }

    /// <inheritdoc/>
    public string Name => $"APGD-{Loss}-{steps}{(restarts == 1 ? "" : $"x{restarts}")} {goal.Describe(Epsilon)}";

    /// <inheritdoc/>
    public float Epsilon => ball.Epsilon;

    /// <inheritdoc/>
    public Norm Norm => ball.Norm;

    private string Loss => goal.Loss switch { LossKind.CrossEntropy => "CE", LossKind.Margin => "CW", _ => "DLR" };

    /// <inheritdoc/>
    public int LeastClasses => goal.LeastClasses;

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        scratch.Begin(victim, clean, labels, adversarial);
        active.Begin(clean, labels);
        if (reached.Length < labels.Length)
            reached = new bool[labels.Length];
        for (int restart = 0; restart < restarts && active.Count > 0; restart++)
        {
            Span<bool> found = reached.AsSpan(0, active.Count);
            scratch.Begin(victim, active.Clean, active.Labels, active.Adversarial);
            run.Run(victim, scratch, active.Clean, active.Labels, goal.LossOf, goal, active.Adversarial, found, random, InBatch());
            active.Return(adversarial, found, alsoOthers: restart == 0);
            active.Drop(found);
        }
    }

    /// <summary>The test knows places in the whole batch, a restart only those in what is left of it.</summary>
    private LeaveTest? InBatch() => Leaves is null ? null : (points, places, leaves) =>
    {
        int[] whole = [.. places];
        for (int i = 0; i < whole.Length; i++)
            whole[i] = active.PlaceOf(whole[i]);
        Leaves(points, whole, leaves);
    };
}
