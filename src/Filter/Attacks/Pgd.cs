namespace Realtime.Filter.Attacks;

/// <summary>
/// Projected gradient descent (Madry et al. 2018): sign steps (in L2 steps along the normalised gradient), projected onto the ball after
/// each. The last iterate counts; over several restarts each picture keeps its best one, a misclassified one before any other, then the one
/// with the highest loss. Without the random start it is BIM (Kurakin et al. 2017); with <see cref="LossKind.Margin"/> it is what purifier
/// papers call CW in L-infinity.
/// </summary>
public sealed class Pgd : IAttack
{
    private readonly float stepSize;
    private readonly int steps;
    private readonly int restarts;
    private readonly bool randomStart;
    private readonly AttackGoal goal;
    private readonly IBall ball;
    private readonly VictimScratch scratch = new();
    private float[] iterate = [];
    private float[] bestLoss = [];
    private bool[] bestFooled = [];
    private float[] sizes = [];

    /// <summary>Creates the attack.</summary>
    /// <param name="epsilon">Radius of the ball, 0..1.</param>
    /// <param name="stepSize">Length of a step in units of the pixel range, above 0.</param>
    /// <param name="steps">Gradients a restart, at least 1.</param>
    /// <param name="restarts">Independent runs, at least 1; more than one needs a random start.</param>
    /// <param name="randomStart">Start uniformly in the ball (clipped to [0, 1]) instead of at the clean picture.</param>
    /// <param name="goal">Norm, loss and target; <see cref="AttackGoal.Default"/> when not given.</param>
    public Pgd(float epsilon, float stepSize, int steps, int restarts = 1, bool randomStart = true, AttackGoal? goal = null)
    {
        this.goal = goal ?? AttackGoal.Default;
        ball = this.goal.Ball(epsilon);
        if (!(stepSize > 0))
            throw new ArgumentOutOfRangeException(nameof(stepSize), stepSize, "A step has a length above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(restarts, 1);
        if (restarts > 1 && !randomStart)
            throw new ArgumentException($"{restarts} restarts from the same point are one; use a random start.", nameof(restarts));

        this.stepSize = stepSize;
        this.steps = steps;
        this.restarts = restarts;
        this.randomStart = randomStart;
    }

    /// <inheritdoc/>
    public string Name => $"{Family}-{steps}{(restarts == 1 ? "" : $"x{restarts}")} {goal.Describe(Epsilon)}";

    /// <inheritdoc/>
    public string Settings => $"{Name} step {Attacks.Epsilon.Format(stepSize)}{(randomStart ? "" : " no start")}";

    /// <inheritdoc/>
    public float Epsilon => ball.Epsilon;

    /// <inheritdoc/>
    public Norm Norm => ball.Norm;

    private string Family => goal.Loss switch
    {
        LossKind.CrossEntropy => randomStart ? "PGD" : "BIM",
        LossKind.Margin => "PGD-CW",
        _ => "PGD-DLR",
    };

    /// <inheritdoc/>
    public int LeastClasses => goal.LeastClasses;

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        scratch.Begin(victim, clean, labels, adversarial);
        ball.MoveTo(clean, labels.Length);
        ILogitLoss loss = goal.LossOf(scratch.Labels);
        if (sizes.Length < labels.Length)
            sizes = new float[labels.Length];
        sizes.AsSpan().Fill(stepSize);

        // One restart has nothing to be compared with, which saves the evaluation of its end point.
        if (restarts == 1)
        {
            Run(victim, clean, loss, adversarial, random);
            return;
        }

        if (iterate.Length < clean.Length)
            iterate = new float[clean.Length];
        if (bestLoss.Length < labels.Length)
        {
            bestLoss = new float[labels.Length];
            bestFooled = new bool[labels.Length];
        }

        Span<float> point = iterate.AsSpan(0, clean.Length);
        for (int restart = 0; restart < restarts; restart++)
        {
            Run(victim, clean, loss, point, random);
            scratch.Ask(victim, point, loss);
            KeepBest(point, labels, adversarial, isFirst: restart == 0);
        }
    }

    private void Run(IGradient victim, ReadOnlySpan<float> clean, ILogitLoss loss, Span<float> point, Random random)
    {
        clean.CopyTo(point);
        if (randomStart)
            ball.StartInside(point, random);
        for (int step = 0; step < steps; step++)
        {
            scratch.Ask(victim, point, loss);
            ball.Climb(point, scratch.Gradient, sizes.AsSpan(0, scratch.Count));
            ball.Project(point);
        }
    }

    private void KeepBest(ReadOnlySpan<float> point, ReadOnlySpan<long> labels, Span<float> adversarial, bool isFirst)
    {
        int length = point.Length / labels.Length;
        for (int i = 0; i < labels.Length; i++)
        {
            bool fooled = goal.IsReached(scratch.Predicted(i), labels[i]);
            bool better = isFirst || (fooled == bestFooled[i] ? scratch.Loss[i] > bestLoss[i] : fooled);
            if (!better)
                continue;
            bestFooled[i] = fooled;
            bestLoss[i] = scratch.Loss[i];
            point.Slice(i * length, length).CopyTo(adversarial[(i * length)..]);
        }
    }
}
