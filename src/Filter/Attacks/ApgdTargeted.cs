namespace Realtime.Filter.Attacks;

/// <summary>
/// APGD-T (Croce and Hein 2020): APGD with the targeted DLR loss, towards the classes of the 2nd to 10th largest logits of the clean picture
/// in turn, each on the pictures that still resist. Any class but the true one is a success.
/// </summary>
public sealed class ApgdTargeted : IAttack
{
    private readonly int steps;
    private readonly int targets;
    private readonly AttackGoal goal;
    private readonly IBall ball;
    private readonly ApgdRun run;
    private readonly VictimScratch scratch = new();
    private readonly ActiveSet active = new();
    private readonly TargetRanking ranking = new();
    private bool[] reached = [];

    /// <summary>Creates the attack.</summary>
    /// <param name="epsilon">Radius of the ball.</param>
    /// <param name="steps">Steps a target; the paper's 100.</param>
    /// <param name="targets">Targets a picture, where there are so many other classes; the paper's 9.</param>
    /// <param name="norm">Of the ball.</param>
    public ApgdTargeted(float epsilon, int steps = 100, int targets = 9, Norm norm = Norm.Linf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targets, 1);
        goal = new AttackGoal { Norm = norm };
        this.steps = steps;
        this.targets = targets;
        ball = goal.Ball(epsilon);
        run = new ApgdRun(ball, steps, rho: 0.75f);
    }

    /// <inheritdoc/>
    public string Name => $"APGD-T-{steps} {goal.Describe(Epsilon)}";

    /// <inheritdoc/>
    public float Epsilon => ball.Epsilon;

    /// <inheritdoc/>
    public Norm Norm => ball.Norm;

    /// <inheritdoc/>
    public int LeastClasses => 4;

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        scratch.Begin(victim, clean, labels, adversarial);
        active.Begin(clean, labels);
        if (reached.Length < labels.Length)
            reached = new bool[labels.Length];
        ranking.Rank(victim, scratch, clean);
        for (int rank = 0; rank < Math.Min(targets, victim.Classes - 1) && active.Count > 0; rank++)
        {
            Span<bool> found = reached.AsSpan(0, active.Count);
            scratch.Begin(victim, active.Clean, active.Labels, active.Adversarial);
            TargetedDlrLoss loss = new(scratch.Labels, ranking.TargetsOf(active, rank));
            run.Run(victim, scratch, active.Clean, active.Labels, _ => loss, goal, active.Adversarial, found, random, leaves: null);
            active.Return(adversarial, found, alsoOthers: rank == 0);
            active.Drop(found);
        }
    }
}
