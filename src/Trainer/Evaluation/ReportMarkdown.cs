using System.Globalization;
using System.Text;
using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>A report in Markdown.</summary>
/// <param name="report">The report.</param>
public sealed class ReportMarkdown(EvaluationReport report)
{
    private readonly StringBuilder text = new();

    /// <summary>The table of the seven columns and what must stand beside it: what is printed.</summary>
    public string Headline()
    {
        text.Clear();
        Seven();
        Stochastic();
        Further();
        AutoAttack();
        Warnings();
        return text.ToString();
    }

    /// <summary>The whole report.</summary>
    public string Whole()
    {
        text.Clear();
        Line($"# Evaluation of {report.Settings["--classifier"]} on {report.Data}");
        Line();
        Line($"{report.Settings["--count"]} pictures, {report.Settings["--norm"]} {report.Settings["--eps"]}, seed {report.Settings["--seed"]}. Accuracy in per cent with 95 % intervals (Wilson). Attacked and defended");
        Line("pictures are rounded to 8 bits before anything decides. What the columns are: docs/evaluation.md.");
        Line();
        Seven();
        Stochastic();
        Further();
        AutoAttack();
        Warnings();
        Checks();
        Pictures();
        Origin();
        return text.ToString();
    }

    private void Seven()
    {
        string[] columns = [.. EvaluationColumns.All.Where(column => report.Settings["--columns"].Split(',').Contains(column))];
        Line($"| defence | clean | {string.Join(" | ", columns.Select(column => $"({column}) {EvaluationWords.Title(column)}"))} | **worst case** |");
        Line("|---|---|" + string.Concat(columns.Select(_ => "---|")) + "---|");
        foreach (DefenceFigure defence in report.Defences)
        {
            IEnumerable<string> cells = columns.Select(column => Cell(defence, column));
            string worst = defence.WorstCase is Share share ? $"**{share.Cell}**" : "not measured";
            Line($"| {defence.Defence} | {report.Find(defence.Defence, EvaluationColumns.Clean)?.Accuracy.Cell ?? "-"} | {string.Join(" | ", cells)} | {worst} |");
        }

        Line();
        Line("Worst case: pictures that are right clean and stay so in every column from (b) on that was measured, and in every draw of a stochastic defence; for `none` in (a) and (b).");
        Line("(b) and (g) are transfer: the attacker does not know the defence, so they are **non-adaptive** and say nothing about one who does.");
        if (report.Columns.Any(figure => figure.Skipped > 0))
            Line("`>=`: pictures that an earlier column had broken were left out and counted as wrong (--fast), so the column's own accuracy is at least this.");
        foreach (string missing in report.NotRun)
            Line($"Not run: {missing}.");
        Line();
    }

    private string Cell(DefenceFigure defence, string column)
    {
        if (report.Find(defence.Defence, column) is ColumnFigure figure)
            return (figure.Skipped > 0 ? ">= " : "") + figure.Accuracy.Cell;
        if (defence.Defence == BatchRow.Undefended || column == EvaluationColumns.Undefended)
            return "-";
        return column == EvaluationColumns.Eot && !defence.IsStochastic ? "deterministic: (d)" : "not run";
    }

    private void Stochastic()
    {
        foreach (DefenceFigure defence in report.Defences.Where(defence => defence.IsStochastic))
        {
            Line($"| {defence.Defence}, over draws | draws | mean | right in every draw | right in most |");
            Line("|---|---|---|---|---|");
            foreach (ColumnFigure figure in report.Columns.Where(figure => figure.Defence == defence.Defence && (figure.Draws > 1 || figure.Column == EvaluationColumns.FixedSeed)))
                Line($"| {figure.Column}: {figure.Attack} | {figure.Draws} | {figure.Accuracy.Cell} | {figure.WorstOfDraws.Cell} | {figure.Majority.Cell} |");
            Line();
        }
    }

    private void Further()
    {
        ColumnFigure[] further = [.. report.Columns.Where(figure => figure.Column.StartsWith(EvaluationColumns.OfAttack(""), StringComparison.Ordinal) || figure.Column.StartsWith(EvaluationColumns.OfTransfer(""), StringComparison.Ordinal) || figure.Column.StartsWith("curve-", StringComparison.Ordinal))];
        if (further.Length == 0)
            return;
        Line("| defence | attack | attacker knows | accuracy | PSNR dB |");
        Line("|---|---|---|---|---|");
        foreach (ColumnFigure figure in further)
            Line($"| {figure.Defence} | {figure.Attack} | {figure.AttackerKnows} | {figure.Accuracy} | {Number(figure.Psnr, "0.00")} |");
        Line();
    }

    private void Warnings()
    {
        Line(report.Warnings.Count == 0 ? "No sign of masked gradients in what was measured." : "Warnings:");
        Line();
        foreach (string warning in report.Warnings)
            Line($"- {warning}");
        if (report.Warnings.Count > 0)
            Line();
    }

    private void Checks()
    {
        Line("## Checks");
        Line();
        Line("| defence | backward pass | clean | random noise, 10 a picture | eps = 1 | twice the steps |");
        Line("|---|---|---|---|---|---|");
        foreach (DefenceFigure defence in report.Defences)
        {
            string name = defence.Defence;
            string Of(string column) => report.Find(name, column)?.Accuracy.ToString() ?? "-";
            Line($"| {name} | {defence.Gradient} | {Of(EvaluationColumns.Clean)} | {Of(EvaluationColumns.Noise)} | {Of(EvaluationColumns.Unbounded)} | {Of(EvaluationColumns.Doubled)} |");
        }

        Line();
    }

    private void Pictures()
    {
        Line("## What the classifier sees");
        Line();
        Line("PSNR in dB (of the mean squared error over all pictures) and mean SSIM against the clean picture; milliseconds a picture on one core.");
        Line();
        string[] columns = [EvaluationColumns.Clean, EvaluationColumns.Transfer, EvaluationColumns.Bpda, EvaluationColumns.Full, EvaluationColumns.Eot, EvaluationColumns.Queries];
        columns = [.. columns.Where(column => report.Columns.Any(figure => figure.Column == column))];
        Line($"| defence | {string.Join(" | ", columns.Select(column => column == EvaluationColumns.Clean ? "clean" : $"({column})"))} | ms a picture |");
        Line("|---|" + string.Concat(columns.Select(_ => "---|")) + "---|");
        foreach (DefenceFigure defence in report.Defences)
        {
            IEnumerable<string> cells = columns.Select(column => report.Find(defence.Defence, column) is ColumnFigure figure ? $"{Number(figure.Psnr, "0.00")} / {Number(figure.Ssim, "0.0000")}" : "-");
            Line($"| {defence.Defence} | {string.Join(" | ", cells)} | {Number(defence.Milliseconds, "0.00")} |");
        }

        Line();
    }

    private void AutoAttack()
    {
        if (report.AutoAttack is not AutoAttackTally tally)
            return;
        Line($"| (a) AutoAttack's members; {tally.RightBefore} of {tally.Pictures} pictures were right before | tried on | left |");
        Line("|---|---|---|");
        foreach (AutoAttackMember member in tally.Members)
            Line($"| {member.Name} | {member.Tried} | {member.Survived} |");
        Line();
    }

    private void Origin()
    {
        Line("## Where this comes from");
        Line();
        Line($"    {report.Command}");
        Line();
        Line($"Realtime {report.Made.Version} ({report.Made.Commit}), ONNX Runtime {report.Made.OnnxRuntime}, {report.Made.Runtime}, {report.Made.OperatingSystem}; {report.Made.Processor}. float32.");
        Line();
        Line("| setting | value |");
        Line("|---|---|");
        foreach ((string name, string value) in report.Settings)
            Line($"| {name} | {value} |");
        Line();
        Line("| column | seconds of a worker |");
        Line("|---|---|");
        foreach (ColumnFigure figure in report.Columns.DistinctBy(figure => (figure.Column, figure.Column is EvaluationColumns.Clean or EvaluationColumns.Noise or EvaluationColumns.Transfer ? "" : figure.Defence)))
            Line($"| {figure.Column} {(figure.Column is EvaluationColumns.Clean or EvaluationColumns.Noise or EvaluationColumns.Transfer ? "(all defences)" : figure.Defence)} | {Number(figure.Seconds, "0.0")} |");
        Line();
    }

    private static string Number(double value, string format) =>
        double.IsNaN(value) ? "-" : double.IsInfinity(value) ? "equal" : value.ToString(format, CultureInfo.InvariantCulture);

    private void Line(string line = "") => text.Append(line).Append('\n');
}
