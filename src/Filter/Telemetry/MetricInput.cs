namespace Realtime.Filter.Telemetry;

/// <summary>What one instrument brings into its family.</summary>
/// <param name="family">The family.</param>
/// <param name="labels">Labels of everything that it measures, before those of the measurement.</param>
internal sealed class MetricInput(MetricFamily family, KeyValuePair<string, object?>[] labels)
{
    /// <summary>Takes a measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => family.Record(value, labels, tags);

    /// <summary>Takes its series out of the family, whose other instruments stay.</summary>
    public void Forget()
    {
        if (labels.Length > 0)
            family.Forget(labels);
    }
}
