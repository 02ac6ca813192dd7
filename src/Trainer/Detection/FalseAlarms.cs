using Realtime.Filter.Detection;
using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Detection;

/// <summary>
/// What a false-positive rate means for a stream of 30 frames a second whose frames are independent pictures. Those of a real stream are not: where one is flagged
/// the next ones are too, so that single frames are flagged in fewer, longer bursts, and a mean over frames helps less than it does here.
/// </summary>
/// <param name="Pictures">Which ones.</param>
/// <param name="Flagged">Of those that were not fitted on.</param>
/// <param name="FlaggedAnHour">Frames flagged an hour.</param>
/// <param name="RaisedAnHour">How often the alarm over time goes up an hour, in so many hours of pictures drawn with repetition.</param>
/// <param name="Hours">How many.</param>
public sealed record FalseAlarms(string Pictures, Share Flagged, double FlaggedAnHour, double RaisedAnHour, int Hours)
{
    /// <summary>Frames of an hour at 30 a second.</summary>
    public const int FramesAnHour = 30 * 3600;

    private const int DrawnHours = 10;

    /// <summary>Counts.</summary>
    /// <param name="pictures">Which ones.</param>
    /// <param name="scores">Of unattacked pictures that were not fitted on, at least one.</param>
    /// <param name="calibration">Threshold and timing.</param>
    /// <param name="seed">Of the draws.</param>
    public static FalseAlarms Of(string pictures, IReadOnlyList<double> scores, AlarmCalibration calibration, int seed)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(calibration);
        Share flagged = new(scores.Count(score => score >= calibration.Threshold), scores.Count);
        AlarmState state = new(calibration.Timing);
        Random chance = new(seed);
        for (long frame = 0; frame < (long)DrawnHours * FramesAnHour; frame++)
            state.Add(scores[chance.Next(scores.Count)]);
        return new FalseAlarms(pictures, flagged, flagged.Percent / 100 * FramesAnHour, (double)state.Raised / DrawnHours, DrawnHours);
    }
}
