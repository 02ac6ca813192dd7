using Realtime.Trainer.Evaluation;

namespace Realtime.Trainer.Detection;

/// <summary>A point of a receiver operating characteristic.</summary>
/// <param name="FalsePositiveRate">Share of the unattacked pictures that may be flagged, 0..1.</param>
/// <param name="Detected">The attacked pictures that are flagged then; null where there are too few unattacked ones to measure the rate.</param>
public sealed record OperatingPoint(double FalsePositiveRate, Share? Detected);
