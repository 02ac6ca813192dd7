namespace Realtime.Trainer.Evaluation;

/// <summary>What an evaluation found of one defence in one column.</summary>
/// <param name="Defence">"none" or the defence's name.</param>
/// <param name="Column">One of <see cref="EvaluationColumns"/>.</param>
/// <param name="Attack">The attack, as tables name it.</param>
/// <param name="AttackerKnows">What the attacker knows; transfer says that it is non-adaptive.</param>
/// <param name="Accuracy">Right decisions; over several draws their mean.</param>
/// <param name="Draws">Decisions on each picture.</param>
/// <param name="WorstOfDraws">Pictures that are right in every draw.</param>
/// <param name="Majority">Pictures that are right in more than half of the draws.</param>
/// <param name="Psnr">Of what the classifier saw against the clean pictures, dB, of the mean squared error over all pictures; infinite where equal.</param>
/// <param name="Ssim">Mean structural similarity of the same.</param>
/// <param name="Skipped">Pictures left out because an earlier column broke them (--fast); they count as wrong, so that the accuracy is a lower bound.</param>
/// <param name="Seconds">Time that workers spent on it, one core each.</param>
public sealed record ColumnFigure(
    string Defence, string Column, string Attack, string AttackerKnows, Share Accuracy, int Draws, Share WorstOfDraws, Share Majority, double Psnr, double Ssim, int Skipped, double Seconds)
{
    /// <summary>Adds up the rows of a column.</summary>
    /// <param name="rows">In the order of batches, at least one.</param>
    /// <param name="attack">Name of the attack.</param>
    /// <param name="knows">What the attacker knows.</param>
    /// <param name="seconds">Working time.</param>
    public static ColumnFigure Of(IReadOnlyList<BatchRow> rows, string attack, string knows, double seconds)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] right = [.. rows.SelectMany(row => row.Right)];
        int draws = rows[0].Draws, count = right.Length;
        double error = rows.SelectMany(row => row.SquaredError).Average();
        return new ColumnFigure(
            rows[0].Defence,
            rows[0].Column,
            attack,
            knows,
            new Share(right.Sum(r => (double)Math.Max(0, r)) / draws, count),
            draws,
            new Share(right.Count(r => r == draws), count),
            new Share(right.Count(r => 2 * r > draws), count),
            error > 0 ? -10 * Math.Log10(error) : double.PositiveInfinity,
            rows.SelectMany(row => row.Ssim).Average(),
            right.Count(r => r == BatchRow.Skipped),
            seconds);
    }
}
