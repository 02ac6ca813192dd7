using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Detection;

/// <summary>What the alarm makes of one kind of picture, on the half that was not fitted on.</summary>
/// <param name="Kind">Name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="RawRight">Right answers without the purifier.</param>
/// <param name="PurifiedRight">Right answers behind it.</param>
/// <param name="Flagged">Pictures whose score reaches the threshold: false alarms of the first two roles.</param>
/// <param name="VerdictChanged">Pictures whose label the purifier changes: the rule without a calibration.</param>
/// <param name="AreaClean">Area under the curve against clean pictures; null for unattacked kinds.</param>
/// <param name="AreaUnattacked">Against clean and changed ones.</param>
/// <param name="Points">Points of the curve against clean and changed ones; none for unattacked kinds.</param>
public sealed record DetectorRow(
    string Kind, ShownRole Role, Share RawRight, Share PurifiedRight, Share Flagged, Share VerdictChanged, double? AreaClean, double? AreaUnattacked, IReadOnlyList<OperatingPoint> Points);
