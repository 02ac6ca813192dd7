using System.Globalization;
using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>All that decides the figures of an evaluation, apart from the files it reads.</summary>
public sealed record EvaluationSettings
{
    /// <summary>What was given for --data.</summary>
    public required string Data { get; init; }

    /// <summary>Edge length to which pictures of a folder are resized; null to take them as they are.</summary>
    public int? Resize { get; init; }

    /// <summary>What changes the pictures first ("hue-3"); null for nothing.</summary>
    public string? Corruption { get; init; }

    /// <summary>Pictures, from the start of the set.</summary>
    public required int Count { get; init; }

    /// <summary>The classifier.</summary>
    public required string Classifier { get; init; }

    /// <summary>The defences, by name.</summary>
    public required IReadOnlyList<string> Defences { get; init; }

    /// <summary>For each defence the one whose attacked pictures are carried over in column (g); a defence without an entry has no such column.</summary>
    public IReadOnlyDictionary<string, string> Surrogates { get; init; } = new Dictionary<string, string>();

    /// <summary>The letters of the columns to measure, "a" to "g".</summary>
    public IReadOnlyList<string> Columns { get; init; } = EvaluationColumns.All;

    /// <summary>Norm of the ball.</summary>
    public Norm Norm { get; init; } = Norm.Linf;

    /// <summary>Radius of the ball in units of the pixel range.</summary>
    public required float Epsilon { get; init; }

    /// <summary>Steps of APGD; 100 is the field's.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>Queries of Square; 5000 is the field's.</summary>
    public int Queries { get; init; } = 5000;

    /// <summary>Draws of a stochastic defence that are judged.</summary>
    public int Draws { get; init; } = 10;

    /// <summary>Draws that EOT averages; 20 is the field's.</summary>
    public int EotDraws { get; init; } = 20;

    /// <summary>Further attacks by full gradient, by name.</summary>
    public IReadOnlyList<string> Attacks { get; init; } = [];

    /// <summary>Further attacks without knowledge of the defence, by name; their pictures are carried over as in column (b).</summary>
    public IReadOnlyList<string> Transfers { get; init; } = [];

    /// <summary>Whether the further attacks aim at a class drawn for each picture.</summary>
    public bool Targeted { get; init; }

    /// <summary>Whether columns (d) to (f) leave out pictures that an earlier one of (c) to (e) has broken.</summary>
    public bool IsFast { get; init; }

    /// <summary>Whether the attack of (d) is repeated with twice the steps.</summary>
    public bool DoublesSteps { get; init; }

    /// <summary>Whether accuracy is measured over several radii.</summary>
    public bool HasCurve { get; init; }

    /// <summary>Seed of all chance.</summary>
    public int Seed { get; init; }

    /// <summary>The radii of the curve: an eighth to eight times <see cref="Epsilon"/>.</summary>
    public IReadOnlyList<float> CurveRadii => HasCurve ? [.. new[] { 0.125f, 0.25f, 0.5f, 1f, 2f, 4f, 8f }.Select(factor => factor * Epsilon).Where(radius => radius <= 1)] : [];

    /// <summary>The settings by the flag that sets each, for the journal: an evaluation goes on only where all agree.</summary>
    public IReadOnlyDictionary<string, string> ToFlags() => new Dictionary<string, string>
    {
        ["--data"] = Data,
        ["--resize"] = Resize is int size ? Text(size) : "none",
        ["--corruption"] = Corruption ?? "none",
        ["--count"] = Text(Count),
        ["--classifier"] = Classifier,
        ["--purifier"] = string.Join(", ", Defences),
        ["--surrogate"] = string.Join(", ", Surrogates.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} for {pair.Key}")),
        ["--columns"] = string.Join(",", Columns),
        ["--norm"] = Norm.ToString(),
        ["--eps"] = Filter.Attacks.Epsilon.Format(Epsilon),
        ["--steps"] = Text(Steps),
        ["--queries"] = Text(Queries),
        ["--draws"] = Text(Draws),
        ["--eot"] = Text(EotDraws),
        ["--attack"] = string.Join(", ", Attacks),
        ["--transfer"] = string.Join(", ", Transfers),
        ["--targeted"] = Targeted ? "yes" : "no",
        ["--fast"] = IsFast ? "yes" : "no",
        ["--checks"] = DoublesSteps ? "yes" : "no",
        ["--eps-curve"] = HasCurve ? "yes" : "no",
        ["--seed"] = Text(Seed),
    };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
