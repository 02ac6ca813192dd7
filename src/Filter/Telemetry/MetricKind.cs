namespace Realtime.Filter.Telemetry;

/// <summary>The types of Prometheus's text format that System.Diagnostics.Metrics has instruments for.</summary>
internal enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Any value.</summary>
    Gauge,

    /// <summary>Counts in buckets, with a sum.</summary>
    Histogram,
}
