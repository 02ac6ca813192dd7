namespace Realtime.Filter.Attacks;

/// <summary>
/// AutoAttack (Croce and Hein 2020): attacks one after the other, each on the pictures that resisted those before it. A picture's result is
/// one that fools the victim if any member found it, else the one with the smallest margin. Untargeted. Tallies run over all batches.
/// </summary>
public sealed class AutoAttack : IAttack
{
    private readonly string version;
    private readonly IReadOnlyList<IAttack> attacks;
    private readonly AutoAttackMember[] members;
    private readonly VictimScratch scratch = new();
    private readonly ActiveSet active = new();
    private readonly MaskingChecks checks = new();
    private readonly bool isStochastic;
    private float[] margin = [];
    private bool[] found = [];

    /// <summary>Puts attacks in a row.</summary>
    /// <param name="version">"standard", "rand" or a name of one's own.</param>
    /// <param name="attacks">The members, of one norm and radius.</param>
    /// <param name="isStochastic">Whether the members average a stochastic victim, so that chance is no reason to warn.</param>
    public AutoAttack(string version, IReadOnlyList<IAttack> attacks, bool isStochastic = false)
    {
        ArgumentNullException.ThrowIfNull(attacks);
        ArgumentOutOfRangeException.ThrowIfZero(attacks.Count);
        if (attacks.Any(a => a.Norm != attacks[0].Norm || a.Epsilon != attacks[0].Epsilon))
            throw new ArgumentException("The members of AutoAttack share one norm and radius.", nameof(attacks));
        this.version = version;
        this.attacks = attacks;
        members = [.. attacks.Select(a => new AutoAttackMember(a.Name, 0, 0))];
        this.isStochastic = isStochastic;
    }

    /// <inheritdoc/>
    public string Name => $"AutoAttack {version} {AttackGoal.Describe(Norm, Epsilon)}";

    /// <inheritdoc/>
    public float Epsilon => attacks[0].Epsilon;

    /// <inheritdoc/>
    public Norm Norm => attacks[0].Norm;

    /// <summary>Pictures attacked so far.</summary>
    public long Pictures { get; private set; }

    /// <summary>Those that the victim got right before.</summary>
    public long RightBefore { get; private set; }

    /// <summary>The members' tallies so far; the last one's survivors are the robust pictures.</summary>
    public IReadOnlyList<AutoAttackMember> Members => members;

    /// <summary>Reasons to doubt the result, as the authors' code gives them; empty where there is none.</summary>
    public IReadOnlyList<string> Warnings => Tally.Warnings;

    /// <summary>All of that, to be added up with the tallies of other pictures.</summary>
    public AutoAttackTally Tally => new(isStochastic, Pictures, RightBefore, [.. members], checks.IsRandom, checks.IsSoftmax, checks.WithoutGradient);

    /// <summary>The version "standard": APGD-CE, APGD-T and FAB-T with 9 targets each, 100 steps, and 5000 queries of Square. For at least 4 classes.</summary>
    /// <param name="epsilon">Radius of the ball.</param>
    /// <param name="norm">Of the ball.</param>
    /// <param name="steps">Steps of the gradient attacks; another number than 100 is not the standard and shows in the members' names.</param>
    /// <param name="queries">Of Square, likewise.</param>
    /// <param name="eightBit">Judge pictures after rounding to 8 bits.</param>
    public static AutoAttack Standard(float epsilon, Norm norm = Norm.Linf, int steps = 100, int queries = 5000, bool eightBit = false)
    {
        AttackGoal goal = new() { Norm = norm };
        IAttack[] members = [new Apgd(epsilon, steps, goal: goal), new ApgdTargeted(epsilon, steps, norm: norm), new Fab(epsilon, steps, targets: 9, norm: norm), new Square(epsilon, queries, goal: goal)];
        return new AutoAttack(steps == 100 && queries == 5000 ? "standard" : $"standard-{steps}/{queries}", Rounded(members, eightBit));
    }

    /// <summary>The version "rand" for stochastic victims: APGD-CE and APGD-DLR on gradients averaged over draws.</summary>
    /// <param name="epsilon">Radius of the ball.</param>
    /// <param name="norm">Of the ball.</param>
    /// <param name="steps">Steps a member; the paper's 100.</param>
    /// <param name="draws">Draws a gradient; the paper's 20.</param>
    /// <param name="eightBit">Judge pictures after rounding to 8 bits.</param>
    public static AutoAttack Rand(float epsilon, Norm norm = Norm.Linf, int steps = 100, int draws = 20, bool eightBit = false)
    {
        IAttack Averaged(LossKind loss) => new ComposedAttack(
            a => $"{a.Name} EOT-{draws}", new Apgd(epsilon, steps, goal: new AttackGoal { Norm = norm, Loss = loss }), (victim, _) => new EotGradient(victim, draws));

        return new AutoAttack("rand", Rounded([Averaged(LossKind.CrossEntropy), Averaged(LossKind.Dlr)], eightBit), isStochastic: true);
    }

    /// <inheritdoc/>
    public int LeastClasses => attacks.Max(a => a.LeastClasses);

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        scratch.Begin(victim, clean, labels, adversarial);
        if (victim.Classes < LeastClasses)
            throw new ArgumentException($"{Name} needs at least {LeastClasses} classes; the victim has {victim.Classes}.", nameof(victim));
        PixelRange.ThrowIfOutside(clean);
        if (labels.IsEmpty)
            return;
        if (margin.Length < labels.Length)
        {
            margin = new float[labels.Length];
            found = new bool[labels.Length];
        }

        checks.Look(victim, scratch, clean);
        scratch.Predict(victim, clean);
        clean.CopyTo(adversarial);
        active.Begin(clean, labels);
        margin.AsSpan().Fill(float.PositiveInfinity);
        for (int n = 0; n < labels.Length; n++)
            found[n] = scratch.Predicted(n) != labels[n];
        active.Drop(found.AsSpan(0, labels.Length));
        Pictures += labels.Length;
        RightBefore += active.Count;

        for (int i = 0; i < attacks.Count && active.Count > 0; i++)
        {
            int tried = active.Count;
            attacks[i].Perturb(victim, active.Clean, active.Labels, active.Adversarial, random);
            Judge(victim, adversarial);
            members[i] = members[i] with { Tried = members[i].Tried + tried, Survived = members[i].Survived + active.Count };
        }
    }

    internal static IReadOnlyList<IAttack> Rounded(IAttack[] attacks, bool eightBit) => eightBit ? [.. attacks.Select(a => new EightBitAttack(a))] : attacks;

    private void Judge(IGradient victim, Span<float> adversarial)
    {
        scratch.Predict(victim, active.Adversarial);
        int each = active.Clean.Length / active.Count;
        for (int n = 0; n < active.Count; n++)
        {
            long label = active.Labels[n];
            found[n] = scratch.Predicted(n) != label;
            float now = LogitRank.Margin(scratch.LogitsOf(n), label);
            ref float smallest = ref margin[active.PlaceOf(n)];
            if (!found[n] && now >= smallest)
                continue;
            smallest = now;
            active.Adversarial.Slice(n * each, each).CopyTo(adversarial[(active.PlaceOf(n) * each)..]);
        }

        active.Drop(found.AsSpan(0, active.Count));
    }
}
