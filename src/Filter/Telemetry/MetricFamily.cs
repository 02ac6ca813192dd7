using System.Diagnostics.Metrics;

namespace Realtime.Filter.Telemetry;

/// <summary>All values of one instrument. Measurements come from any thread; a known set of labels costs no memory.</summary>
internal sealed class MetricFamily
{
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly object gate = new();
    private readonly List<MetricSeries> series = [];
    private readonly double[]? bounds;
    private readonly bool adds;

    /// <summary>Prepares for an instrument.</summary>
    public MetricFamily(Instrument instrument)
    {
        Type type = instrument.GetType().GetGenericTypeDefinition();
        Kind = type == typeof(Histogram<>) ? MetricKind.Histogram : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter : MetricKind.Gauge;
        adds = type == typeof(Counter<>) || type == typeof(UpDownCounter<>);
        IsObservable = instrument.IsObservable;
        Name = PrometheusText.NameOf(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description ?? "";
        bounds = Kind == MetricKind.Histogram ? [.. (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? DefaultBounds] : null;
    }

    /// <summary>As Prometheus calls it.</summary>
    public string Name { get; }

    /// <summary>What it means.</summary>
    public string Help { get; }

    /// <summary>Its type.</summary>
    public MetricKind Kind { get; }

    /// <summary>Whether its values are asked for rather than recorded.</summary>
    public bool IsObservable { get; }

    /// <summary>Upper bounds of a histogram's buckets, ascending; empty for another kind.</summary>
    public IReadOnlyList<double> Bounds => bounds ?? [];

    /// <summary>Takes a measurement.</summary>
    /// <param name="value">The value.</param>
    /// <param name="labels">Labels of the instrument.</param>
    /// <param name="tags">Labels of the measurement, behind those.</param>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (gate)
        {
            MetricSeries one = Find(labels, tags);
            if (bounds is not null)
                one.Sort(value);
            else
                one.Value = adds ? one.Value + value : value;
        }
    }

    /// <summary>Forgets all values, before those of an observable instrument are asked for anew.</summary>
    public void Clear()
    {
        lock (gate)
            series.Clear();
    }

    /// <summary>Forgets the series of an instrument.</summary>
    /// <param name="labels">Its labels.</param>
    public void Forget(KeyValuePair<string, object?>[] labels)
    {
        lock (gate)
            series.RemoveAll(one => one.BeginsWith(labels));
    }

    /// <summary>Shows the series of this moment to <paramref name="look"/>, which must be quick.</summary>
    public void Look(Action<MetricSeries> look)
    {
        lock (gate)
            series.ForEach(look);
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> labels, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (MetricSeries one in series)
        {
            if (one.Has(labels, tags))
                return one;
        }

        MetricSeries fresh = new([.. labels, .. tags], bounds);
        series.Add(fresh);
        return fresh;
    }
}
