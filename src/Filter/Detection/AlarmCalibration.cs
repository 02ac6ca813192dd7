using System.Text.Json;

namespace Realtime.Filter.Detection;

/// <summary>An attack score fitted for one purifier and one classifier, with the threshold of the alarm: what ./realtime calibrate writes.</summary>
public sealed record AlarmCalibration
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Whom it belongs to.</summary>
    public required AlarmModels Models { get; init; }

    /// <summary>[F] in the order of <see cref="AttackFeatures.Names"/>.</summary>
    public required IReadOnlyList<AlarmFeature> Features { get; init; }

    /// <summary>Log-odds of a picture whose features are all average.</summary>
    public required double Bias { get; init; }

    /// <summary>A frame is flagged from this score on, in (0, 1].</summary>
    public required double Threshold { get; init; }

    /// <summary>The share of unattacked pictures that the threshold was chosen to flag, 0..1.</summary>
    public required double FalsePositiveRate { get; init; }

    /// <summary>How flagged frames become an alarm.</summary>
    public required AlarmTiming Timing { get; init; }

    /// <summary>Unattacked pictures that it was fitted on and the threshold was chosen on.</summary>
    public required int UnattackedPictures { get; init; }

    /// <summary>Attacked pictures that it was fitted on.</summary>
    public required int AttackedPictures { get; init; }

    /// <summary>The line that makes it again.</summary>
    public required string Command { get; init; }

    /// <summary>The attack score of a frame, without allocating.</summary>
    /// <param name="features">[F] see <see cref="AttackFeatures.Measure"/>.</param>
    /// <returns>0..1: the probability of an attack where one picture in two is attacked, as the fit's were.</returns>
    public double Score(ReadOnlySpan<double> features)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(features.Length, Features.Count, nameof(features));
        double odds = Bias;
        for (int i = 0; i < features.Length; i++)
            odds += Features[i].Weight * (features[i] - Features[i].Mean) / Features[i].Scale;
        return 1 / (1 + Math.Exp(-odds));
    }

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Indented) + "\n";

    /// <summary>Reads what <see cref="ToJson"/> made.</summary>
    /// <exception cref="JsonException">It is not that, or one of its values is out of range.</exception>
    public static AlarmCalibration FromJson(string json)
    {
        AlarmCalibration read = JsonSerializer.Deserialize<AlarmCalibration>(json, Indented) ?? throw new JsonException("It is empty.");
        if (!read.Features.Select(feature => feature.Name).SequenceEqual(AttackFeatures.Names))
            throw new JsonException($"Its features are not {string.Join(", ", AttackFeatures.Names)}.");
        if (read.Features.Any(feature => !(feature.Scale > 0)) || read.Threshold is not (> 0 and <= 1) || !read.Timing.IsValid)
            throw new JsonException("A scale, the threshold or the timing is out of range.");
        return read;
    }
}
