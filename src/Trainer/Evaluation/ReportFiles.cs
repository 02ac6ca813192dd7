using System.Text;
using Realtime.Trainer.Data;

namespace Realtime.Trainer.Evaluation;

/// <summary>Writes a report into a folder, each file under a temporary name that is then changed.</summary>
/// <param name="folder">Exists.</param>
public sealed class ReportFiles(string folder)
{
    /// <summary>Writes report.json, report.md, report.csv and examples.csv.</summary>
    /// <param name="report">The report.</param>
    /// <param name="figures">The measurements under it.</param>
    /// <param name="set">The pictures.</param>
    /// <returns>The paths.</returns>
    public IReadOnlyList<string> Write(EvaluationReport report, EvaluationFigures figures, IPictureSet set)
    {
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            WholeFile.Write(folder, "report.json", report.ToJson()),
            WholeFile.Write(folder, "report.md", new ReportMarkdown(report).Whole()),
            WholeFile.Write(folder, "report.csv", Table(report)),
            WholeFile.Write(folder, "examples.csv", Examples(report, figures, set)),
        ];
    }

    /// <summary>A line for each figure.</summary>
    internal static string Table(EvaluationReport report)
    {
        StringBuilder csv = new("defence,column,attack,attacker knows,count,accuracy,low,high,draws,worst of draws,majority,psnr,ssim,skipped,seconds\n");
        foreach (ColumnFigure figure in report.Columns)
        {
            Csv.Append(csv, figure.Defence, figure.Column, figure.Attack, figure.AttackerKnows, figure.Accuracy.Count, figure.Accuracy.Percent, figure.Accuracy.Interval.Low, figure.Accuracy.Interval.High,
                figure.Draws, figure.WorstOfDraws.Percent, figure.Majority.Percent, figure.Psnr, figure.Ssim, figure.Skipped, figure.Seconds);
        }

        foreach (DefenceFigure defence in report.Defences)
        {
            if (defence.WorstCase is Share worst)
                Csv.Append(csv, defence.Defence, "worst case", "", "", worst.Count, worst.Percent, worst.Interval.Low, worst.Interval.High, "", "", "", "", "", "", "");
        }

        return csv.ToString();
    }

    /// <summary>A line for each picture, defence and column.</summary>
    internal static string Examples(EvaluationReport report, EvaluationFigures figures, IPictureSet set)
    {
        StringBuilder csv = new("picture,label,defence,column,right,draws,psnr,ssim\n");
        foreach (ColumnFigure figure in report.Columns)
        {
            int picture = 0;
            foreach (BatchRow row in figures.Rows(figure.Defence, figure.Column))
            {
                for (int n = 0; n < row.Right.Count; n++, picture++)
                {
                    object right = row.Right[n] == BatchRow.Skipped ? "skipped" : row.Right[n];
                    Csv.Append(csv, picture, set.Labels[set.Label(picture)], row.Defence, row.Column, right, row.Draws, row.SquaredError[n] > 0 ? -10 * Math.Log10(row.SquaredError[n]) : double.PositiveInfinity, row.Ssim[n]);
                }
            }
        }

        return csv.ToString();
    }
}
