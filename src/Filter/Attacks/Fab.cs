namespace Realtime.Filter.Attacks;

/// <summary>
/// Fast adaptive boundary attack (Croce and Hein 2020, "Minimally distorted adversarial examples"): looks for the nearest picture that fools
/// the victim. With targets it is FAB-T of AutoAttack, one gradient a step: towards the classes of the largest other logits of the clean
/// picture in turn. A result beyond the radius is given up for the clean picture.
/// </summary>
public sealed class Fab : IAttack
{
    private readonly int steps;
    private readonly int restarts;
    private readonly int? targets;
    private readonly FabRun run;
    private readonly VictimScratch scratch = new();
    private readonly ActiveSet active = new();
    private readonly TargetRanking ranking = new();
    private bool[] found = [];
    private float[] nearest = [];

    /// <summary>Creates the attack.</summary>
    /// <param name="epsilon">Radius within which a result counts; infinity looks for the smallest change of every picture.</param>
    /// <param name="steps">Iterations a restart and target; AutoAttack's 100.</param>
    /// <param name="restarts">The first one starts at the clean picture, the others at random within half the radius.</param>
    /// <param name="targets">Null for the untargeted form, which takes a gradient for every other class a step; AutoAttack's FAB-T has 9.</param>
    /// <param name="norm">L-infinity or L2.</param>
    public Fab(float epsilon, int steps = 100, int restarts = 1, int? targets = null, Norm norm = Norm.Linf)
    {
        Distances.Require(norm, epsilon);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(restarts, 1);
        if (targets is int count)
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(targets));
        Epsilon = epsilon;
        Norm = norm;
        this.steps = steps;
        this.restarts = restarts;
        this.targets = targets;
        run = new FabRun(norm, steps, float.IsFinite(epsilon) ? epsilon : norm == Norm.Linf ? 8 / 255f : 0.5f);
    }

    /// <inheritdoc/>
    public string Name => $"{(targets is null ? "FAB" : "FAB-T")}-{steps}{(restarts == 1 ? "" : $"x{restarts}")} {AttackGoal.Describe(Norm, Epsilon)}";

    /// <inheritdoc/>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public Norm Norm { get; }

    /// <inheritdoc/>
    public void Perturb(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, Span<float> adversarial, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        scratch.Begin(victim, clean, labels, adversarial);
        PixelRange.ThrowIfOutside(clean);
        if (found.Length < labels.Length)
        {
            found = new bool[labels.Length];
            nearest = new float[labels.Length];
        }

        nearest.AsSpan().Fill(float.PositiveInfinity);
        clean.CopyTo(adversarial);
        ranking.Rank(victim, scratch, clean);
        active.Begin(clean, labels);
        for (int n = 0; n < labels.Length; n++)
            found[n] = scratch.Predicted(n) != labels[n];       // no change is the smallest one
        active.Drop(found.AsSpan(0, labels.Length));

        int turns = targets is int count ? Math.Min(count, victim.Classes - 1) : 1;
        int ranks = targets is null ? victim.Classes - 1 : 1;
        for (int restart = 0; restart < restarts; restart++)
        {
            for (int turn = 0; turn < turns && active.Count > 0; turn++)
            {
                scratch.Begin(victim, active.Clean, active.Labels, active.Adversarial);
                run.Run(victim, scratch, active.Clean, rank => ranking.TargetsOf(active, rank), turn, ranks, active.Adversarial, restart == 0 ? null : random);
                Keep(adversarial);
            }
        }
    }

    /// <summary>Within a finite radius a picture is done once it is found; without one it is searched to the end.</summary>
    private void Keep(Span<float> adversarial)
    {
        for (int n = 0; n < active.Count; n++)
        {
            ref float best = ref nearest[active.PlaceOf(n)];
            found[n] = run.Distance[n] <= Epsilon && run.Distance[n] < best;
            best = MathF.Min(best, run.Distance[n]);
        }

        active.Return(adversarial, found.AsSpan(0, active.Count), alsoOthers: false);
        if (float.IsFinite(Epsilon))
            active.Drop(found.AsSpan(0, active.Count));
    }
}
