namespace Realtime.Filter.Detection;

/// <summary>What a calibration does with one of <see cref="AttackFeatures.Names"/>: weight * (value - mean) / scale is added to the log-odds.</summary>
/// <param name="Name">Of the feature.</param>
/// <param name="Mean">Over the pictures it was fitted on.</param>
/// <param name="Scale">Their standard deviation, above 0.</param>
/// <param name="Weight">Log-odds a standard deviation.</param>
public sealed record AlarmFeature(string Name, double Mean, double Scale, double Weight);
