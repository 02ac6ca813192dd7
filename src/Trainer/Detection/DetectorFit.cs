using Realtime.Filter.Detection;
using Realtime.Filter.Errors;

namespace Realtime.Trainer.Detection;

/// <summary>Makes a calibration of the half of the pictures that is fitted on.</summary>
public static class DetectorFit
{
    /// <summary>Fits the score and chooses the threshold.</summary>
    /// <param name="unattacked">[n][F] features of clean and changed pictures.</param>
    /// <param name="attacked">[m][F] of pictures attacked without knowledge of the purifier.</param>
    /// <param name="models">Whom it belongs to.</param>
    /// <param name="falsePositiveRate">The share of <paramref name="unattacked"/> that may be flagged, 0..1.</param>
    /// <param name="command">The line that makes it again.</param>
    /// <exception cref="UserErrorException">No threshold keeps the rate (failed).</exception>
    public static AlarmCalibration Fit(
        IReadOnlyList<double[]> unattacked, IReadOnlyList<double[]> attacked, AlarmModels models, double falsePositiveRate, string command)
    {
        ArgumentNullException.ThrowIfNull(unattacked);
        ArgumentNullException.ThrowIfNull(attacked);
        (double[] means, double[] scales) = Moments([.. unattacked, .. attacked]);
        (double[] weights, double bias) = LogisticFit.Fit([.. unattacked.Select(Standardised)], [.. attacked.Select(Standardised)]);
        AlarmCalibration fitted = new()
        {
            Models = models,
            Features = [.. AttackFeatures.Names.Select((name, i) => new AlarmFeature(name, means[i], scales[i], weights[i]))],
            Bias = bias,
            Threshold = 1,
            FalsePositiveRate = falsePositiveRate,
            Timing = AlarmTiming.Of(1),
            UnattackedPictures = unattacked.Count,
            AttackedPictures = attacked.Count,
            Command = command,
        };
        double threshold = Roc.Threshold(unattacked.Select(features => fitted.Score(features)), falsePositiveRate);
        if (threshold > 1)
            throw new UserErrorException(ExitCode.Failed, $"no threshold flags at most {falsePositiveRate:0.####} of the unattacked pictures: too many have the highest score there is. Give a higher --false-positives.");
        return fitted with { Threshold = threshold, Timing = AlarmTiming.Of(threshold) };

        double[] Standardised(double[] features) => [.. features.Select((value, i) => (value - means[i]) / scales[i])];
    }

    /// <summary>Mean and standard deviation of each feature; a deviation of 0 becomes 1, since such a feature says nothing.</summary>
    private static (double[] Means, double[] Scales) Moments(double[][] rows)
    {
        double[] means = [.. AttackFeatures.Names.Select((_, i) => rows.Average(row => row[i]))];
        double[] scales = [.. means.Select((mean, i) => Math.Sqrt(rows.Average(row => (row[i] - mean) * (row[i] - mean))))];
        return (means, [.. scales.Select(scale => scale > 0 ? scale : 1)]);
    }
}
