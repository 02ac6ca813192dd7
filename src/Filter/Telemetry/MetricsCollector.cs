using System.Diagnostics.Metrics;
using System.Text;

namespace Realtime.Filter.Telemetry;

/// <summary>Listens to one meter, and to some of .NET's own figures of the process, and writes them down for Prometheus.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private const string RuntimeMeter = "System.Runtime";

    // What tells whether a run of weeks is well; the others are for those who tune .NET.
    private static readonly string[] OfTheProcess =
        ["dotnet.process.memory.working_set", "dotnet.process.cpu.time", "dotnet.gc.heap.total_allocated", "dotnet.gc.last_collection.heap.size", "dotnet.gc.pause.time", "dotnet.exceptions"];

    private readonly object gate = new();
    private readonly SortedDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();

    /// <summary>Begins to listen, to instruments made later too.</summary>
    public MetricsCollector(Meter meter)
    {
        listener.InstrumentPublished = (instrument, from) =>
        {
            bool isOfTheProcess = instrument.Meter.Name == RuntimeMeter && OfTheProcess.Contains(instrument.Name);
            if (!ReferenceEquals(instrument.Meter, meter) && !isOfTheProcess)
                return;
            MetricFamily family = new(instrument);
            lock (gate)
                families[family.Name] = family;
            from.EnableMeasurementEvents(instrument, family);
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        listener.Start();
    }

    /// <summary>All values of this moment in Prometheus's text format.</summary>
    public string Write()
    {
        StringBuilder text = new();
        lock (gate)
        {
            foreach (MetricFamily family in families.Values.Where(family => family.IsObservable))
                family.Clear();     // what is no longer told of is gone
            listener.RecordObservableInstruments();
            foreach (MetricFamily family in families.Values)
                PrometheusText.Append(text, family);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
