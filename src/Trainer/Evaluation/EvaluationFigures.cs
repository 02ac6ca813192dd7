using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>Adds the measurements of a journal up to figures; a pure function of them.</summary>
/// <param name="settings">Of the evaluation.</param>
/// <param name="measurements">In the order of units and batches.</param>
public sealed class EvaluationFigures(EvaluationSettings settings, IReadOnlyList<BatchMeasurement> measurements)
{
    /// <summary>AutoAttack's tally over all batches; null where it did not run.</summary>
    public AutoAttackTally? Tally => measurements.Select(m => m.Tally).OfType<AutoAttackTally>().Aggregate((AutoAttackTally?)null, (sum, part) => sum?.Add(part) ?? part);

    /// <summary>The rows of a defence in a column, in the order of batches.</summary>
    public IReadOnlyList<BatchRow> Rows(string defence, string column) =>
        [.. measurements.SelectMany(m => m.Rows).Where(row => row.Defence == defence && row.Column == column)];

    /// <summary>The sum of a named number.</summary>
    public double Count(string name) => measurements.Sum(m => m.Counts?.GetValueOrDefault(name) ?? 0);

    /// <summary>The figure of a defence in a column; null where it was not measured.</summary>
    public ColumnFigure? Column(string defence, string column)
    {
        IReadOnlyList<BatchRow> rows = Rows(defence, column);
        if (rows.Count == 0)
            return null;
        double seconds = measurements.Where(m => m.Rows.Any(row => row.Defence == defence && row.Column == column)).Sum(m => m.Seconds);
        (string attack, string knows) = EvaluationWords.Of(settings, defence, column);
        return ColumnFigure.Of(rows, attack, knows, seconds);
    }

    /// <summary>The commits of the program that measured, in order; several where the journal was continued by another version.</summary>
    public IReadOnlyList<string> Commits => [.. measurements.Select(m => m.Commit ?? "unknown").Distinct()];

    /// <summary>Every figure, defence by defence.</summary>
    public IReadOnlyList<ColumnFigure> All() =>
        [.. measurements.SelectMany(m => m.Rows).Select(row => (row.Defence, row.Column)).Distinct()
            .OrderBy(pair => PlaceOf(pair.Defence)).Select(pair => Column(pair.Defence, pair.Column)!)];

    /// <summary>A defence as a whole.</summary>
    /// <param name="defence">"none" or its name.</param>
    /// <param name="gradient">What its backward pass is.</param>
    /// <param name="isStochastic">Whether it draws.</param>
    public DefenceFigure Defence(string defence, string gradient, bool isStochastic)
    {
        string[] candidates = defence == BatchRow.Undefended ? [EvaluationColumns.Undefended, EvaluationColumns.Transfer] : [.. EvaluationColumns.OfWorstCase];
        string[] over = [.. candidates.Where(column => Rows(defence, column).Count > 0)];
        if (over.Length > 0)
            over = [EvaluationColumns.Clean, .. over];      // no change is in the ball too
        double milliseconds = defence == BatchRow.Undefended ? double.NaN : Count(TimeUnit.MillisecondsOf(defence));
        return new DefenceFigure(defence, gradient, isStochastic, over.Length == 0 ? null : WorstCase(defence, over), over, milliseconds);
    }

    /// <summary>Pictures that are right in every draw of every column; those that were left out of one because another broke them are not.</summary>
    private Share WorstCase(string defence, string[] over)
    {
        bool[] holds = [.. Enumerable.Repeat(true, settings.Count)];
        foreach (string column in over)
        {
            int at = 0;
            foreach (BatchRow row in Rows(defence, column))
            {
                foreach (int right in row.Right)
                    holds[at++] &= right == row.Draws;
            }
        }

        return new Share(holds.Count(hold => hold), settings.Count);
    }

    private int PlaceOf(string defence) => defence == BatchRow.Undefended ? -1 : settings.Defences.ToList().IndexOf(defence);
}
