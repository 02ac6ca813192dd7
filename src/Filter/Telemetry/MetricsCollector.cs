using System.Diagnostics.Metrics;
using System.Text;

namespace Realtime.Filter.Telemetry;

/// <summary>Listens to meters, whose tags become labels, and to some of .NET's own figures of the process, and writes them down for Prometheus.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private const string RuntimeMeter = "System.Runtime";

    // What tells whether a run of weeks is well; the others are for those who tune .NET.
    private static readonly string[] OfTheProcess =
        ["dotnet.process.memory.working_set", "dotnet.process.cpu.time", "dotnet.gc.heap.total_allocated", "dotnet.gc.last_collection.heap.size", "dotnet.gc.pause.time", "dotnet.exceptions"];

    private readonly object gate = new();
    private readonly SortedDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();

    /// <summary>Begins to listen, to meters and instruments made later too.</summary>
    /// <param name="isOurs">Whether a meter is one of those.</param>
    public MetricsCollector(Func<Meter, bool> isOurs)
    {
        listener.InstrumentPublished = (instrument, from) =>
        {
            bool isOfTheProcess = instrument.Meter.Name == RuntimeMeter && OfTheProcess.Contains(instrument.Name);
            if (isOfTheProcess || isOurs(instrument.Meter))
                from.EnableMeasurementEvents(instrument, new MetricInput(FamilyOf(instrument), [.. instrument.Meter.Tags ?? []]));
        };
        listener.MeasurementsCompleted = (_, input) => ((MetricInput)input!).Forget();      // a stream has ended
        listener.SetMeasurementEventCallback<int>((_, value, tags, input) => ((MetricInput)input!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, input) => ((MetricInput)input!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, input) => ((MetricInput)input!).Record(value, tags));
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

    // Instruments of several meters that are called alike are one family.
    private MetricFamily FamilyOf(Instrument instrument)
    {
        MetricFamily family = new(instrument);
        lock (gate)
        {
            if (families.TryGetValue(family.Name, out MetricFamily? known))
                return known;
            families.Add(family.Name, family);
            return family;
        }
    }
}
