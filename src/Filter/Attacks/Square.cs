namespace Realtime.Filter.Attacks;

/// <summary>
/// Square attack (Andriushchenko et al. 2020): random search that only needs logits, so that no masked gradient stops it. A proposal is kept
/// where it lowers the margin; a picture is done when its goal is reached.
/// </summary>
public sealed class Square : IAttack
{
    private readonly int queries;
    private readonly double share;
    private readonly bool rescaled;
    private readonly AttackGoal goal;
    private readonly VictimScratch scratch = new();
    private readonly ActiveSet active = new();
    private float[] margin = [];
    private float[] packed = [];
    private bool[] reached = [];

    /// <summary>Creates the attack.</summary>
    /// <param name="epsilon">Radius of the ball.</param>
    /// <param name="queries">Proposals a picture; AutoAttack's 5000. The starting point is one more.</param>
    /// <param name="share">Share of the pixels that the first proposals change; AutoAttack's 0.8.</param>
    /// <param name="rescaled">Whether the schedule is squeezed into the queries, as in the paper, instead of counting them, as in AutoAttack.</param>
    /// <param name="goal">Norm and target; <see cref="AttackGoal.Default"/> when not given. The loss is always the margin.</param>
    public Square(float epsilon, int queries = 5000, double share = 0.8, bool rescaled = false, AttackGoal? goal = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queries, 1);
        if (!(share is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share of pixels is above 0 and at most 1.");
        this.goal = (goal ?? AttackGoal.Default) with { Loss = LossKind.Margin };
        Epsilon = this.goal.Ball(epsilon).Epsilon;
        this.queries = queries;
        this.share = share;
        this.rescaled = rescaled;
    }

    /// <inheritdoc/>
    public string Name => $"Square-{queries} {goal.Describe(Epsilon)}";

    /// <inheritdoc/>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public Norm Norm => goal.Norm;

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        scratch.Begin(victim, clean, labels, adversarial);
        PixelRange.ThrowIfOutside(clean);
        ISquareProposal proposal = Norm == Norm.L2 ? new SquareL2Proposal(Epsilon, victim.Width, victim.Height) : new SquareLinfProposal(Epsilon, victim.Width, victim.Height);
        active.Begin(clean, labels);
        if (packed.Length < clean.Length)
            packed = new float[clean.Length];
        if (margin.Length < labels.Length)
        {
            margin = new float[labels.Length];
            reached = new bool[labels.Length];
        }

        margin.AsSpan().Fill(float.PositiveInfinity);
        proposal.Start(clean, active.Adversarial, random);
        Accept(victim, adversarial);
        for (int query = 0; query < queries && active.Count > 0; query++)
        {
            Span<float> best = packed.AsSpan(0, active.Clean.Length);
            Gather(adversarial, best);
            double now = SquareSchedule.Share(query, share, rescaled ? queries : null);
            proposal.Propose(active.Clean, best, active.Adversarial, now, random);
            Accept(victim, adversarial);
        }
    }

    private void Gather(ReadOnlySpan<float> adversarial, Span<float> best)
    {
        int each = best.Length / active.Count;
        for (int n = 0; n < active.Count; n++)
            adversarial.Slice(active.PlaceOf(n) * each, each).CopyTo(best[(n * each)..]);
    }

    private void Accept(IGradient victim, Span<float> adversarial)
    {
        scratch.Predict(victim, active.Adversarial);
        int each = active.Clean.Length / Math.Max(1, active.Count);
        for (int n = 0; n < active.Count; n++)
        {
            long label = active.Labels[n];
            float found = LogitRank.Margin(scratch.LogitsOf(n), label) * (goal.Targeted ? -1 : 1);
            reached[n] = goal.IsReached(scratch.Predicted(n), label);
            ref float lowest = ref margin[active.PlaceOf(n)];
            if (!reached[n] && found >= lowest)
                continue;
            lowest = found;
            active.Adversarial.Slice(n * each, each).CopyTo(adversarial[(active.PlaceOf(n) * each)..]);
        }

        active.Drop(reached.AsSpan(0, active.Count));
    }
}
