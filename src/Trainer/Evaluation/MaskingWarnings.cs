using System.Globalization;

namespace Realtime.Trainer.Evaluation;

/// <summary>
/// Signs that a figure says more about the attack than about the defence (Carlini et al. 2019, "On evaluating adversarial robustness"; Athalye et al.
/// 2018): each as a sentence with its numbers.
/// </summary>
public static class MaskingWarnings
{
    private const double Telling = 0.2;     // percentage points
    private const double Large = 1;

    /// <summary>All signs found.</summary>
    /// <param name="settings">Of the evaluation.</param>
    /// <param name="figures">What was measured.</param>
    /// <param name="defences">The defences as a whole.</param>
    public static IReadOnlyList<string> Of(EvaluationSettings settings, EvaluationFigures figures, IReadOnlyList<DefenceFigure> defences)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(defences);
        return
        [
            .. (figures.Tally?.Warnings ?? []).Select(warning => $"none: AutoAttack: {warning}"),
            .. defences.Where(defence => defence.Defence != BatchRow.Undefended).SelectMany(defence => Of(settings, figures, defence)).Select(pair => $"{pair.Defence}: {pair.Warning}"),
        ];
    }

    private static IEnumerable<(string Defence, string Warning)> Of(EvaluationSettings settings, EvaluationFigures figures, DefenceFigure defence)
    {
        string name = defence.Defence;
        ColumnFigure? Column(string column) => figures.Column(name, column);
        int count = settings.Count;

        double alone = 100.0 * BrokenByQueriesAlone(figures, name) / count;
        if (alone > Telling)
            yield return (name, Text($"Square needs no gradient and broke {alone:0.0} % of the pictures that no gradient attack of (c) to (e) did: the gradient is likely masked."));

        ColumnFigure? gradient = Column(EvaluationColumns.Eot) ?? Column(EvaluationColumns.Full);
        foreach (string column in new[] { EvaluationColumns.Transfer, EvaluationColumns.Bpda, EvaluationColumns.Surrogate })
        {
            if (gradient is not null && Column(column) is ColumnFigure weaker && gradient.Accuracy.Percent > weaker.Accuracy.Percent + Telling)
                yield return (name, Text($"the full gradient ({gradient.Column}) leaves {gradient.Accuracy.Percent:0.0} %, more than ({column}) {EvaluationWords.Title(column)} with {weaker.Accuracy.Percent:0.0} %: an attacker who knows more must not do worse."));
        }

        double without = figures.Count(AdaptiveUnit.WithoutGradientOf(name));
        if (without > 0)
            yield return (name, Text($"the full gradient is exactly zero at {without:0} of {count} clean pictures: gradient attacks may fail for that reason alone."));
        if (Column(EvaluationColumns.Unbounded) is ColumnFigure unbounded && unbounded.Accuracy.Right > 0)
            yield return (name, Text($"with the whole pixel range to itself (eps = 1) the gradient attack leaves {unbounded.Accuracy.Percent:0.0} % of {unbounded.Accuracy.Count}, where 0 % is possible: the attack does not work here."));
        if (Column(EvaluationColumns.Doubled) is ColumnFigure doubled)
        {
            Share before = OnFirst(figures.Rows(name, EvaluationColumns.Full), doubled.Accuracy.Count);
            if (before.Percent - doubled.Accuracy.Percent > Large)
                yield return (name, Text($"twice the steps move (d) from {before.Percent:0.0} % to {doubled.Accuracy.Percent:0.0} % of {before.Count}: the attack has not converged."));
        }

        if (Column(EvaluationColumns.Noise) is ColumnFigure noise && Column(EvaluationColumns.Clean) is ColumnFigure clean && clean.Accuracy.Percent - noise.Accuracy.Percent > Large)
            yield return (name, Text($"random noise of the attack's size costs {clean.Accuracy.Percent - noise.Accuracy.Percent:0.0} points of accuracy: part of what attacks take, noise takes as well."));
        if (Column(EvaluationColumns.FixedSeed) is ColumnFigure still && Column(EvaluationColumns.Eot) is ColumnFigure drawn && drawn.Accuracy.Percent - still.Accuracy.Percent > Large)
            yield return (name, Text($"with its draws held still and known {still.Accuracy.Percent:0.0} % is left instead of {drawn.Accuracy.Percent:0.0} %: the rest is held by chance, not by the defence."));
        double unrepeated = figures.Count(CleanUnit.UnrepeatedOf(name));
        if (unrepeated > 0)
            yield return (name, Text($"claims to be deterministic, but {unrepeated:0} of {count} pictures came out differently at a second call: (e) is missing."));
    }

    private static int BrokenByQueriesAlone(EvaluationFigures figures, string defence)
    {
        IReadOnlyList<BatchRow> queries = figures.Rows(defence, EvaluationColumns.Queries);
        if (queries.Count == 0)
            return 0;
        IReadOnlyList<BatchRow>[] gradients =
            [.. new[] { EvaluationColumns.Bpda, EvaluationColumns.Full, EvaluationColumns.Eot }.Select(column => figures.Rows(defence, column)).Where(rows => rows.Count > 0)];
        if (gradients.Length == 0)
            return 0;
        int[] asked = [.. Majority(queries)];
        bool[] broken = new bool[asked.Length];
        foreach (IReadOnlyList<BatchRow> rows in gradients)
        {
            int at = 0;
            foreach (int right in Majority(rows))
                broken[at++] |= right == 0;
        }

        return asked.Where((right, n) => right == 0 && !broken[n]).Count();
    }

    /// <summary>1 right, 0 wrong, in most draws; -1 left out.</summary>
    private static IEnumerable<int> Majority(IReadOnlyList<BatchRow> rows) =>
        rows.SelectMany(row => row.Right.Select(right => right < 0 ? -1 : 2 * right > row.Draws ? 1 : 0));

    private static Share OnFirst(IReadOnlyList<BatchRow> rows, int count) =>
        new(rows.SelectMany(row => row.Right.Select(right => Math.Max(0.0, right) / row.Draws)).Take(count).Sum(), count);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
