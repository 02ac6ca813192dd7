using Realtime.Filter.Plots;

namespace Realtime.Trainer.Detection;

/// <summary>The receiver operating characteristics of all attacks as a chart.</summary>
/// <param name="report">The figures.</param>
public sealed class DetectorPlot(DetectorReport report)
{
    private const int MostCorners = 200;    // of a curve: more cannot be seen

    /// <summary>Writes roc.svg and roc.png.</summary>
    /// <param name="folder">Exists.</param>
    /// <param name="curves">A curve for each attack, by its name.</param>
    /// <returns>The paths.</returns>
    public IReadOnlyList<string> Write(string folder, IEnumerable<(string Name, Roc Curve)> curves)
    {
        LineChart chart = new()
        {
            Title = "Attacked pictures flagged against unattacked ones flagged",
            Subtitle = $"{report.Calibration.Models.Purifier} before {report.Calibration.Models.Classifier} on {report.Data}, {report.Count / 2} pictures not fitted on; unattacked: clean, noisy, compressed, recoloured",
            ValueLabel = "attacked pictures flagged, %",
            PlaceLabel = "unattacked pictures flagged, %",
            HasDots = false,
            Series = [.. curves.Select(pair => new ChartSeries(pair.Name, Thinned([.. pair.Curve.Corners])))],
        };
        string[] paths = [Path.Combine(folder, "roc.svg"), Path.Combine(folder, "roc.png")];
        foreach (string path in paths)
            chart.Write(path);
        return paths;
    }

    /// <summary>The two ends, and of the corners between them those that lie apart enough to be seen.</summary>
    private static ChartPoint[] Thinned((double FalsePositives, double TruePositives)[] corners)
    {
        List<ChartPoint> kept = [];
        (double x, double y) = (-1, -1);
        foreach ((double nextX, double nextY) in corners.SkipLast(1))
        {
            if (nextX - x + nextY - y < 2.0 / MostCorners)
                continue;
            kept.Add(new ChartPoint(100 * nextX, 100 * nextY));
            (x, y) = (nextX, nextY);
        }

        return [.. kept, new ChartPoint(100, 100)];
    }
}
