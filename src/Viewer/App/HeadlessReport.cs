using System.Text.Json;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.App;

/// <summary>Counts the verdicts of a headless run and writes them as JSON.</summary>
internal sealed class HeadlessReport
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private long frames;
    private long known;
    private long rawRight;
    private long attackedRight;
    private long purifiedRight;
    private long alarms;
    private long alarmsRaised;
    private long flagged;
    private bool isUp;

    /// <summary>Counts a frame.</summary>
    public void Add(ShownFrame frame)
    {
        frames++;
        alarms += frame.Alarm ? 1 : 0;
        alarmsRaised += frame.Alarm && !isUp ? 1 : 0;
        flagged += frame.IsFlagged ? 1 : 0;
        isUp = frame.Alarm;
        if (frame.TrueLabel < 0)
            return;
        known++;
        rawRight += frame.OfRaw.Best == frame.TrueLabel ? 1 : 0;
        attackedRight += frame.OfAttacked.Best == frame.TrueLabel ? 1 : 0;
        purifiedRight += frame.OfPurified.Best == frame.TrueLabel ? 1 : 0;
    }

    /// <summary>The report; accuracies are of the frames whose class is known, null where there is none.</summary>
    public string ToJson(ViewState state, ShownFrame last) => ToText(
        new
        {
            source = state.Source,
            model = state.Model,
            classifier = state.Classifier,
            device = state.Device,
            attack = state.AttackOn ? state.Attack : "off",
            eps = state.Eps,
            steps = state.Steps,
            purifier = state.PurifierOn,
            framesSeen = frames,
            framesWithKnownClass = known,
            accuracyRaw = Share(rawRight),
            accuracyAttacked = Share(attackedRight),
            accuracyPurified = Share(purifiedRight),
            alarmRule = last.Statistics.AlarmRule,
            alarms,
            alarmsRaised,
            framesFlagged = flagged,
            unpurified = last.Statistics.Unpurified,
            lastFrame = last.Id,
            psnrAttacked = Finite(last.Statistics.PsnrAttacked),
            psnrPurified = Finite(last.Statistics.PsnrPurified),
            latencyMillisecondsP50 = last.Statistics.LatencyP50,
            latencyMillisecondsP99 = last.Statistics.LatencyP99,
        });

    /// <summary>A report as text, indented.</summary>
    public static string ToText<T>(T report) => JsonSerializer.Serialize(report, Layout) + "\n";

    private double? Share(long right) => known == 0 ? null : right / (double)known;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
