using System.Globalization;
using System.Text;
using Realtime.Filter.Detection;

namespace Realtime.Trainer.Detection;

/// <summary>A calibration's figures in Markdown.</summary>
/// <param name="report">The figures.</param>
public sealed class DetectorMarkdown(DetectorReport report)
{
    private const string AdaptiveNote =
        "Rows with *full gradient* are attackers who know the purifier, but not the alarm: nothing was fitted on them. One who knows the alarm as well can attack its score too, and nothing here says what it catches then.";

    private readonly StringBuilder text = new();

    private AlarmCalibration Calibration => report.Calibration;

    /// <summary>The whole page.</summary>
    public string Whole()
    {
        text.Clear();
        Line($"# Alarm: {Calibration.Models.Purifier} before {Calibration.Models.Classifier}");
        Line();
        Line($"{report.Count:N0} pictures of {report.Data} (SHA-256 `{report.PicturesSha256[..12]}`): every other one fitted on, the figures are of the rest, with 95 % intervals (Wilson).");
        Line($"Version {report.Made.Version}, commit {report.Made.Commit}, {report.Made.Processor}.");
        Line();
        Line($"    {report.Command}");
        Line();
        Threshold();
        Line();
        Detection(hasDetails: true);
        Line();
        Line(AdaptiveNote);
        Line();
        FalseAlarms();
        Line();
        Score();
        return text.ToString();
    }

    /// <summary>A section for the purifier's card.</summary>
    public string Card()
    {
        text.Clear();
        Line($"## Alarm before `{Calibration.Models.Classifier}`");
        Line();
        Threshold();
        Line();
        Detection(hasDetails: false);
        Line();
        Line($"{report.Count / 2:N0} pictures of {report.Data} that were not fitted on: `{report.Command}`, commit {report.Made.Commit}. {AdaptiveNote}");
        Line();
        FalseAlarms();
        return text.ToString().TrimEnd('\n');
    }

    private static string Number(double value, string format = "0.000") => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private void Line(string line = "") => text.Append(line).Append('\n');

    private void Threshold() => Line(
        $"A frame is flagged from a score of {Calibration.Threshold:0.0000} on, chosen to flag {Percent(Calibration.FalsePositiveRate)} of {Calibration.UnattackedPictures:N0} unattacked pictures (clean, noisy, compressed, recoloured). The alarm goes up where the mean of the scores, the newest frame weighing {Calibration.Timing.Smoothing:0.##}, stays there for {Calibration.Timing.MinimumFrames} frames, and down below {Calibration.Timing.Clear:0.00}.");

    private void Detection(bool hasDetails)
    {
        string[] heads =
        [
            "pictures", .. hasDetails ? ["right raw, %", "right purified, %"] : Array.Empty<string>(), "AUC against clean", "against all unattacked",
            .. DetectorFigures.Rates.Select(rate => $"caught at {Percent(rate)}"), "flagged, %", "verdict changed, %",
        ];
        Line($"| {string.Join(" | ", heads)} |");
        Line("|" + string.Concat(Enumerable.Repeat("---|", heads.Length)));
        foreach (DetectorRow row in report.Rows)
        {
            string[] cells =
            [
                row.Kind,
                .. hasDetails ? [Number(row.RawRight.Percent, "0.0"), Number(row.PurifiedRight.Percent, "0.0")] : Array.Empty<string>(),
                row.AreaClean is double clean ? Number(clean) : "",
                row.AreaUnattacked is double all ? Number(all) : "",
                .. DetectorFigures.Rates.Select((_, i) => row.Points.Count == 0 ? "" : row.Points[i].Detected is { } caught ? $"{Number(caught.Percent, "0.0")} %" : "too few"),
                hasDetails ? row.Flagged.Cell : Number(row.Flagged.Percent, "0.0"),
                Number(row.VerdictChanged.Percent, "0.0"),
            ];
            Line($"| {string.Join(" | ", cells)} |");
        }
    }

    private void FalseAlarms()
    {
        Line("False alarms an hour at 30 frames a second, if the frames of a stream were independent pictures. They are not: a real stream has fewer and longer ones, and what the mean over frames saves here it need not save there.");
        Line();
        Line("| pictures | flagged, % | frames flagged an hour | alarms over time an hour |");
        Line("|---|---|---|---|");
        foreach (FalseAlarms alarms in report.FalseAlarms)
            Line($"| {alarms.Pictures} | {alarms.Flagged.Cell} | {alarms.FlaggedAnHour:N0} | {alarms.RaisedAnHour:0.#} (in {alarms.Hours} hours of draws) |");
    }

    private void Score()
    {
        Line("The score is the logistic function of the bias plus, for each feature, weight * (value - mean) / scale.");
        Line();
        Line("| feature | mean | scale | weight |");
        Line("|---|---|---|---|");
        foreach (AlarmFeature feature in Calibration.Features)
            Line($"| {feature.Name} | {Number(feature.Mean)} | {Number(feature.Scale)} | {Number(feature.Weight)} |");
        Line($"| bias | | | {Number(Calibration.Bias)} |");
    }
}
