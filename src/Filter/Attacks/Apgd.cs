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
            run.Run(victim, scratch, active.Clean, goal.LossOf(scratch.Labels), goal, active.Adversarial, found, random);
            active.Return(adversarial, found, alsoOthers: restart == 0);
            active.Drop(found);
        }
    }
}
