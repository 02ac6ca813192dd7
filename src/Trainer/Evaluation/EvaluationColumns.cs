using System.Globalization;
using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;

namespace Realtime.Trainer.Evaluation;

/// <summary>The seven columns that critics of purification ask for, and the further measurements of a report.</summary>
public static class EvaluationColumns
{
    /// <summary>Clean pictures.</summary>
    public const string Clean = "clean";

    /// <summary>Random changes of the attack's size.</summary>
    public const string Noise = "noise";

    /// <summary>AutoAttack on the undefended classifier.</summary>
    public const string Undefended = "a";

    /// <summary>Pictures attacked on the undefended classifier.</summary>
    public const string Transfer = "b";

    /// <summary>Forward through the defence, backward as if it were not there.</summary>
    public const string Bpda = "c";

    /// <summary>The gradient of defence and classifier.</summary>
    public const string Full = "d";

    /// <summary>The same, averaged over draws.</summary>
    public const string Eot = "e";

    /// <summary>The same with the defence's chance held still, for attacker and defender alike.</summary>
    public const string FixedSeed = "e-seed";

    /// <summary>Queries only.</summary>
    public const string Queries = "f";

    /// <summary>Pictures attacked through another defence.</summary>
    public const string Surrogate = "g";

    /// <summary>(d) with twice the steps.</summary>
    public const string Doubled = "d-doubled";

    /// <summary>The gradient attack with the whole pixel range to itself.</summary>
    public const string Unbounded = "eps-1";

    /// <summary>The columns, in order.</summary>
    public static IReadOnlyList<string> All { get; } = [Undefended, Transfer, Bpda, Full, Eot, Queries, Surrogate];

    /// <summary>The attacks whose minimum over each picture, with the clean one, is the headline.</summary>
    public static IReadOnlyList<string> OfWorstCase { get; } = [Transfer, Bpda, Full, Eot, Queries, Surrogate];

    /// <summary>The measurement of a further attack.</summary>
    public static string OfAttack(string name) => "attack-" + name;

    /// <summary>The measurement of a further attack that does not know the defence.</summary>
    public static string OfTransfer(string name) => "transfer-" + name;

    /// <summary>The measurement of a radius of the curve.</summary>
    public static string OfRadius(Norm norm, float radius) =>
        "curve-" + (norm == Norm.Linf ? Epsilon.Format(radius) : radius.ToString("0.######", CultureInfo.InvariantCulture));

    /// <summary>Reads --columns.</summary>
    /// <param name="text">"all", or letters with commas between.</param>
    /// <exception cref="UserErrorException">Something else (usage).</exception>
    public static IReadOnlyList<string> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Trim().Equals("all", StringComparison.OrdinalIgnoreCase))
            return All;
        string[] asked = [.. text.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        string? unknown = asked.FirstOrDefault(letter => !All.Contains(letter));
        if (asked.Length == 0 || unknown is not null)
            throw new UserErrorException(ExitCode.Usage, $"--columns '{unknown ?? text}' is unknown; give all, or some of {string.Join(",", All)} (docs/evaluation.md tells what they are).");
        return [.. All.Where(asked.Contains)];
    }
}
