using System.Globalization;
using System.Net;
using Realtime.Filter.Events;
using Realtime.Filter.Graph;
using Realtime.Filter.Guard;
using Realtime.Filter.Telemetry;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary>What a run tells others, set up: events, metrics, health. The instruments are there whether or not anybody is told.</summary>
internal sealed class TelemetrySetup : IDisposable
{
    private readonly TelemetrySettings settings;
    private readonly ConsoleLog log;
    private readonly StreamIdentity? identity;
    private readonly StreamMetrics metrics;
    private readonly FlowHealth health;
    private readonly IEventWriter? writer;
    private readonly MetricsCollector? collector;
    private readonly StatusServer? server;
    private IDisposable? events;    // the writer, later the log that owns it

    /// <summary>Opens what events are written to, and takes the port.</summary>
    /// <param name="settings">Who is told what.</param>
    /// <param name="log">Is told where, and of what could not be delivered.</param>
    /// <param name="identity">Which of several streams the run is; null for the only one.</param>
    /// <exception cref="Errors.UserErrorException">One of them cannot be had (usage).</exception>
    public TelemetrySetup(TelemetrySettings settings, ConsoleLog log, StreamIdentity? identity = null)
    {
        this.settings = settings;
        this.log = log;
        this.identity = identity;
        metrics = new StreamMetrics(Drops, identity);
        health = new FlowHealth(settings.HealthLimit, TimeProvider.System);
        health.Idle("starting");
        try
        {
            events = writer = settings.Events is string target ? EventWriters.Open(target, line => log.Write(LogLevel.Warning, line)) : null;
            if (writer is not null)
                metrics.Watch(writer);
            if (settings.Endpoint is not IPEndPoint endpoint)
                return;
            collector = new MetricsCollector(meter => ReferenceEquals(meter, metrics.Meter));
            server = new StatusServer(endpoint, Answer);
            bool isLocal = IPAddress.IsLoopback(endpoint.Address);
            log.Write(isLocal ? LogLevel.Info : LogLevel.Warning, $"metrics and health on {server.Endpoint}{(isLocal ? "" : ", for anybody who reaches it")}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Who drops frames counts them here.</summary>
    public FrameDrops Drops { get; } = new();

    /// <summary>How the run fares now.</summary>
    public HealthReport Health => health.Check();

    /// <summary>For the graph.</summary>
    public IStageObserver Stages => metrics;

    /// <summary>Events that did not arrive; to be read after <see cref="EndEvents"/>.</summary>
    public long EventsLost => writer?.Counts.Lost ?? 0;

    /// <summary>Begins to look at the frames of a sink.</summary>
    /// <param name="sink">Borrowed.</param>
    /// <param name="labels">Class names; empty without a classifier.</param>
    /// <param name="device">What the purifier runs on.</param>
    public IFrameSink Observe(IFrameSink sink, IReadOnlyList<string> labels, string device)
    {
        if (writer is null)
            return new ObservedSink(sink, health, metrics);
        EventLog written = new(writer, new EventChoice(settings.Rule, settings.Every), new EventText(labels, device, identity?.Name), Drops, TimeProvider.System);
        events = written;
        return new ObservedSink(sink, health, metrics, written);
    }

    /// <summary>Begins to look at a graph that is about to run.</summary>
    public void Watch(FrameGraph graph, ProtectedStream stream, params KeyValuePair<string, object?>[] about)
    {
        metrics.Watch(graph, stream, about);
        health.Idle(null);
    }

    /// <summary>Delivers what waits, as far as that is quick, and tells what became of the events.</summary>
    public void EndEvents()
    {
        Interlocked.Exchange(ref events, null)?.Dispose();
        if (writer is null)
            return;
        log.Write(LogLevel.Info, string.Create(CultureInfo.InvariantCulture, $"{writer.Counts.Delivered} events to {writer.Name}, lost {writer.Counts.Lost}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        server?.Dispose();
        collector?.Dispose();
        Interlocked.Exchange(ref events, null)?.Dispose();
        metrics.Dispose();
    }

    private HttpAnswer? Answer(string path)
    {
        if (path == "/metrics")
            return new HttpAnswer("200 OK", PrometheusText.ContentType, collector!.Write());
        return path == "/health" ? HttpAnswer.Health(Health.IsHealthy, Health.ToJson()) : null;
    }
}
