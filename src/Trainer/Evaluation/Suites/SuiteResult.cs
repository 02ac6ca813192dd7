namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>A suite with what was measured for it.</summary>
/// <param name="suite">The paper's tables.</param>
/// <param name="measured">The figures, by need.</param>
public sealed class SuiteResult(PaperSuite suite, IReadOnlyDictionary<SuiteNeed, ColumnFigure> measured)
{
    /// <summary>The paper's tables.</summary>
    public PaperSuite Suite => suite;

    /// <summary>Our figure in a cell; null where there is none.</summary>
    /// <param name="row">A row of the suite.</param>
    /// <param name="value">Number of the value, from 0.</param>
    public SuiteFigure? Figure(SuiteRow row, int value)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Ours?.Cells[value] is not string text)
            return null;
        SuiteCell cell = SuiteCell.Parse(text);
        if (cell.Quantity == SuiteQuantity.Average)
            return Figure(row, 0) is SuiteFigure first && Figure(row, 1) is SuiteFigure second && double.IsFinite(first.Value + second.Value) ? SuiteFigure.Mean(first, second) : null;
        return measured.TryGetValue(SuiteNeed.Of(suite.Measurement!, row.Ours, text)!, out ColumnFigure? figure) ? SuiteFigure.Of(figure, cell.Quantity) : null;
    }

    /// <summary>Why a cell of ours is empty; null where it is not.</summary>
    /// <param name="row">A row of the suite.</param>
    /// <param name="value">Number of the value, from 0.</param>
    public string? Reason(SuiteRow row, int value)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (Figure(row, value) is not null)
            return null;
        if (row.NotRun is not null)
            return row.NotRun;
        if (row.Ours!.Cells[value] is null)
            return row.Ours.Missing;
        return value > 1 && Figure(row, 0) is not null && Figure(row, 1) is not null ? "a mean with an infinite PSNR says nothing" : "not measured in this run";
    }
}
