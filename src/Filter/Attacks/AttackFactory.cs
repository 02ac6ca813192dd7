using Realtime.Filter.Errors;

namespace Realtime.Filter.Attacks;

/// <summary>Makes attacks from the words of a command line.</summary>
public static class AttackFactory
{
    /// <summary>The names that <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fgsm", "pgd", "mi-fgsm"];

    /// <summary>Creates an attack; what is not given takes the field's default.</summary>
    /// <param name="name">One of <see cref="Names"/>, in any case.</param>
    /// <param name="epsilon">Radius in units of the pixel range, 0..1.</param>
    /// <param name="steps">PGD: 20, MI-FGSM: 10; FGSM has one.</param>
    /// <param name="stepSize">PGD: epsilon / 4 (2/255 at 8/255), more where fewer than ten steps could not reach the edge twice; MI-FGSM: epsilon / steps.</param>
    /// <param name="restarts">PGD only: 1.</param>
    /// <exception cref="UserErrorException">An unknown name, or a value that does not fit the attack (usage).</exception>
    public static IAttack Create(string name, float epsilon, int? steps = null, float? stepSize = null, int? restarts = null)
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

        switch (name.ToLowerInvariant())
        {
            case "fgsm":
                if (steps > 1 || stepSize is not null || restarts > 1)
                    throw Usage("fgsm is one step of length eps: --steps, --step-size and --restarts do not apply; use pgd");
                return new Fgsm(epsilon);
            case "pgd":
                int count = steps ?? 20;
                return new Pgd(epsilon, stepSize ?? MathF.Max(epsilon / 4, 2.5f * epsilon / count), count, restarts ?? 1);
            case "mi-fgsm":
                if (restarts > 1)
                    throw Usage("mi-fgsm starts at the clean picture: --restarts does not apply; use pgd");
                return new MiFgsm(epsilon, steps ?? 10, stepSize);
            default:
                throw Usage($"--attack '{name}' is unknown; there are {string.Join(", ", Names)}");
        }
    }

    private static UserErrorException Usage(string message) => new(ExitCode.Usage, message + ".");
}
