using Realtime.Filter.Plots;

namespace Realtime.Trainer.Evaluation;

/// <summary>A report as charts: accuracy by column with intervals, and accuracy against the radius where that was measured.</summary>
/// <param name="report">The report.</param>
/// <param name="settings">Of the evaluation.</param>
public sealed class ReportPlots(EvaluationReport report, EvaluationSettings settings)
{

    /// <summary>Writes columns.svg and columns.png, and curve.svg and curve.png where there is one.</summary>
    /// <param name="folder">Exists.</param>
    /// <returns>The paths.</returns>
    public IReadOnlyList<string> Write(string folder)
    {
        List<string> paths = [];
        Add("columns", Columns());
        if (settings.HasCurve && settings.Defences.Count > 0)
            Add("curve", Curve());
        return paths;

        void Add(string name, Chart chart)
        {
            foreach (string extension in new[] { ".svg", ".png" })
            {
                paths.Add(Path.Combine(folder, name + extension));
                chart.Write(paths[^1]);
            }
        }
    }

    private BarChart Columns()
    {
        string[] columns = [EvaluationColumns.Clean, .. settings.Columns.Where(column => report.Columns.Any(figure => figure.Column == column))];
        return new BarChart
        {
            Title = "Accuracy by what the attacker knows",
            Subtitle = $"{settings.Classifier} on {report.Data}, {settings.Norm} {Filter.Attacks.Epsilon.Format(settings.Epsilon)}, {settings.Count} pictures, 95 % intervals",
            ValueLabel = "accuracy, %",
            Categories = [.. columns.Select(column => column == EvaluationColumns.Clean ? column : $"({column}) {EvaluationWords.Title(column)}"), "worst case"],
            Series = [.. report.Defences.Select(defence => new ChartSeries(
                defence.Defence,
                [.. columns.Select(column => report.Find(defence.Defence, column)?.Accuracy).Append(defence.WorstCase).Select((share, place) => Point(place, share))]))],
        };
    }

    private LineChart Curve() => new()
    {
        Title = "Accuracy against the radius of the ball, full gradient",
        Subtitle = $"{settings.Classifier} on {report.Data}, {settings.Norm}, APGD-CE, {Math.Min(AdaptiveUnits.CurvePictures, settings.Count)} pictures, 95 % intervals",
        ValueLabel = "accuracy, %",
        PlaceLabel = settings.Norm == Filter.Attacks.Norm.Linf ? "radius, levels of 255" : "radius",
        Series = [.. settings.Defences.Select(defence => new ChartSeries(
            defence,
            [.. settings.CurveRadii.Select(radius => Point(
                settings.Norm == Filter.Attacks.Norm.Linf ? radius * 255 : radius, report.Find(defence, EvaluationColumns.OfRadius(settings.Norm, radius))?.Accuracy))]))],
    };

    private static ChartPoint Point(double place, Share? share) =>
        share is Share found ? new ChartPoint(place, found.Percent, found.Low, found.High) : new ChartPoint(place, double.NaN);
}
