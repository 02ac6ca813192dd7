using System.Diagnostics.Metrics;
using System.Net;
using Realtime.Filter.Commands;
using Realtime.Filter.Telemetry;

namespace Realtime.Filter.Serve;

/// <summary>Metrics and health of the whole process on one port: the series of every stream under a label of its name, and those of what they share.</summary>
internal sealed class ServeStatus : IDisposable
{
    private readonly Meter meter;
    private readonly MetricsCollector collector;
    private readonly StatusServer server;
    private readonly StreamSet streams;

    /// <summary>Takes the port and begins.</summary>
    /// <param name="endpoint">Address and port.</param>
    /// <param name="scope">What the meters of the process have in common.</param>
    /// <param name="streams">Asked when somebody looks.</param>
    /// <param name="shared">Likewise.</param>
    /// <param name="log">Is told where.</param>
    /// <exception cref="Errors.UserErrorException">The port cannot be had (usage).</exception>
    public ServeStatus(IPEndPoint endpoint, object scope, StreamSet streams, SharedPurifier shared, ConsoleLog log)
    {
        this.streams = streams;
        meter = new Meter(new MeterOptions(StreamMetrics.MeterName) { Scope = scope });
        meter.CreateObservableGauge("realtime.stream.up", () => ByStream(keeper => keeper.State == StreamState.Running && keeper.Health.IsHealthy ? 1 : 0), description: "1 while the stream runs and is healthy, 0 while it is away, has ended or has failed.");
        meter.CreateObservableCounter("realtime.stream.failures", () => ByStream(keeper => keeper.Failures), "{failure}", "Times that a run of the stream broke.");
        meter.CreateObservableCounter("realtime.shared.batches", () => shared.Counts.Batches, "{batch}", "Batches of the shared purifier.");
        meter.CreateObservableCounter("realtime.shared.batches.mixed", () => shared.Counts.Mixed, "{batch}", "Batches that held tiles of several streams.");
        meter.CreateObservableCounter("realtime.shared.tiles", () => shared.Counts.Tiles, "{tile}", "Tiles in all batches.");
        meter.CreateObservableGauge("realtime.shared.tiles.waiting", () => shared.Waiting, "{tile}", "Tiles that wait for a batch.");
        collector = new MetricsCollector(one => ReferenceEquals(one.Scope, scope));
        try
        {
            server = new StatusServer(endpoint, Answer);
        }
        catch
        {
            collector.Dispose();
            meter.Dispose();
            throw;
        }

        bool isLocal = IPAddress.IsLoopback(endpoint.Address);
        log.Write(isLocal ? LogLevel.Info : LogLevel.Warning, $"metrics and health on {server.Endpoint}{(isLocal ? "" : ", for anybody who reaches it")}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        server.Dispose();
        collector.Dispose();
        meter.Dispose();
    }

    private IEnumerable<Measurement<long>> ByStream(Func<StreamKeeper, long> value) =>
        streams.Streams.Select(keeper => new Measurement<long>(value(keeper), new KeyValuePair<string, object?>("stream", keeper.Stream.Name)));

    private HttpAnswer? Answer(string path)
    {
        if (path == "/metrics")
            return new HttpAnswer("200 OK", PrometheusText.ContentType, collector.Write());
        if (path != "/health")
            return null;
        ServeHealth health = ServeHealth.Of(streams.Streams);
        return HttpAnswer.Health(health.Failing.Count == 0, health.ToJson());
    }
}
