using Realtime.Filter.Errors;

namespace Realtime.Filter.Attacks;

/// <summary>Makes attacks from the words of a command line.</summary>
public static class AttackFactory
{
    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "fgsm", "pgd", "mi-fgsm", "bim", "pgd-cw", "apgd-ce", "apgd-dlr", "apgd-t", "square", "di-fgsm", "ti-fgsm", "mi-di-fgsm", "mi-ti-fgsm", "mi-ti-di-fgsm",
        "fab", "fab-t", "autoattack", "cw", "deepfool", "stadv",
    ];

    /// <summary>Creates an attack; what is not given takes the field's default.</summary>
    /// <param name="name">One of <see cref="Names"/>, in any case.</param>
    /// <param name="epsilon">Radius in units of the pixel range, 0..1.</param>
    /// <param name="steps">PGD and PGD-CW: 20, BIM and the FGSM family: 10, APGD, FAB and StAdv: 100, CW: 1000, DeepFool: 50, AutoAttack its standard, Square: 5000 queries; FGSM has one.</param>
    /// <param name="stepSize">PGD: epsilon / 4 (2/255 at 8/255), more where fewer than ten steps could not reach the edge twice; BIM likewise; the FGSM family: epsilon / steps; the others choose their own.</param>
    /// <param name="restarts">PGD, PGD-CW, APGD-CE, APGD-DLR and FAB only: 1.</param>
    /// <param name="norm">Of the ball; cw has L2 only, stadv none.</param>
    /// <param name="targeted">Whether the labels are the classes to reach; apgd-t, fab, fab-t, autoattack and deepfool have no such form.</param>
    /// <exception cref="UserErrorException">An unknown name, or a value that does not fit the attack (usage).</exception>
    public static IAttack Create(
        string name, float epsilon, int? steps = null, float? stepSize = null, int? restarts = null, Norm norm = Norm.Linf, bool targeted = false)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!(epsilon is > 0 and <= 1))
            throw Usage($"--eps must be above 0 and at most 1, found {epsilon}");
        if (steps < 1)
            throw Usage($"--steps must be at least 1, found {steps}");
        if (restarts < 1)
            throw Usage($"--restarts must be at least 1, found {restarts}");
        if (stepSize is not null && !(stepSize > 0))
            throw Usage($"--step-size must be above 0, found {stepSize}");

        AttackGoal goal = new() { Norm = norm, Targeted = targeted };
        switch (name.ToLowerInvariant())
        {
            case "fgsm":
                if (steps > 1 || stepSize is not null || restarts > 1)
                    throw Usage("fgsm is one step of length eps: --steps, --step-size and --restarts do not apply; use pgd");
                return new Fgsm(epsilon, goal);
            case "pgd":
                return RandomPgd(LossKind.CrossEntropy);
            case "pgd-cw":
                return RandomPgd(LossKind.Margin);
            case "bim":
                RefuseRestarts("bim");
                return new Pgd(epsilon, stepSize ?? MathF.Max(epsilon / 4, 2.5f * epsilon / (steps ?? 10)), steps ?? 10, randomStart: false, goal: goal);
            case "apgd-ce":
                RefuseStepSize("apgd-ce");
                return new Apgd(epsilon, steps ?? 100, restarts ?? 1, goal);
            case "apgd-dlr":
                RefuseStepSize("apgd-dlr");
                return new Apgd(epsilon, steps ?? 100, restarts ?? 1, goal with { Loss = LossKind.Dlr });
            case "apgd-t":
                RefuseStepSize("apgd-t");
                if (restarts > 1)
                    throw Usage("apgd-t starts once for each target: --restarts does not apply; use apgd-dlr");
                RefuseTargets("apgd-t");
                return new ApgdTargeted(epsilon, steps ?? 100, norm: norm);
            case "di-fgsm":
                return Transfer(0, diverse: true, smoothed: false);
            case "ti-fgsm":
                return Transfer(0, diverse: false, smoothed: true);
            case "mi-di-fgsm":
                return Transfer(1, diverse: true, smoothed: false);
            case "mi-ti-fgsm":
                return Transfer(1, diverse: false, smoothed: true);
            case "mi-ti-di-fgsm":
                return Transfer(1, diverse: true, smoothed: true);
            case "fab-t":
                RefuseStepSize("fab-t");
                RefuseTargets("fab-t");
                return new EightBitAttack(new Fab(epsilon, steps ?? 100, restarts ?? 1, targets: 9, norm: norm));
            case "fab":
                RefuseStepSize("fab");
                RefuseTargets("fab");
                return new EightBitAttack(new Fab(epsilon, steps ?? 100, restarts ?? 1, norm: norm));
            case "cw":
                RefuseStepSize("cw");
                RefuseRestarts("cw");
                if (norm != Norm.L2)
                    throw Usage("cw is an attack in L2, which evaluate offers (--attack cw --norm l2 --eps 0.5); its loss in L-infinity is pgd-cw");
                return new EightBitAttack(new CarliniWagner(epsilon, steps ?? 1000, targeted: targeted));
            case "deepfool":
                RefuseStepSize("deepfool");
                RefuseRestarts("deepfool");
                RefuseTargets("deepfool");
                return new EightBitAttack(new DeepFool(epsilon, steps ?? 50, norm: norm));
            case "stadv":
                RefuseStepSize("stadv");
                RefuseRestarts("stadv");
                return new StAdv(steps ?? 100, targeted: targeted);
            case "autoattack":
                RefuseStepSize("autoattack");
                RefuseRestarts("autoattack");
                if (steps is not null)
                    throw Usage("autoattack has its steps by its standard: --steps does not apply; use apgd-ce, apgd-t, fab-t or square");
                RefuseTargets("autoattack");
                return AutoAttack.Standard(epsilon, norm, eightBit: true);
            case "square":
                RefuseStepSize("square");
                RefuseRestarts("square");
                return new Square(epsilon, steps ?? 5000, goal: goal);
            case "mi-fgsm":
                RefuseRestarts("mi-fgsm");
                return new MiFgsm(epsilon, steps ?? 10, stepSize, goal: goal);
            default:
                throw Usage($"--attack '{name}' is unknown; there are {string.Join(", ", Names)}");
        }

        IAttack RandomPgd(LossKind loss)
        {
            int count = steps ?? 20;
            return new Pgd(epsilon, stepSize ?? MathF.Max(epsilon / 4, 2.5f * epsilon / count), count, restarts ?? 1, goal: goal with { Loss = loss });
        }

        IAttack Transfer(float momentum, bool diverse, bool smoothed)
        {
            RefuseRestarts(name);
            return TransferAttacks.Create(epsilon, steps ?? 10, stepSize, momentum, diverse, smoothed, goal);
        }

        void RefuseRestarts(string which)
        {
            if (restarts > 1)
                throw Usage($"{which} runs once: --restarts does not apply; use pgd");
        }

        void RefuseTargets(string which)
        {
            if (targeted)
                throw Usage($"{which} has no targeted form that takes its targets from outside: --targeted does not apply; use apgd-dlr or pgd");
        }

        void RefuseStepSize(string which)
        {
            if (stepSize is not null)
                throw Usage($"{which} chooses its own steps: --step-size does not apply; use pgd");
        }
    }

    private static UserErrorException Usage(string message) => new(ExitCode.Usage, message + ".");
}
