using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Live;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Commands;

/// <summary>One run of <c>purify</c>: the purifier, and a stream through it.</summary>
internal sealed class PurifyRun(PurifySettings settings)
{
    private readonly ConsoleLog log = new(settings.LogLevel);

    /// <summary>Runs to the end.</summary>
    /// <returns>See <see cref="StreamRun.Execute"/>.</returns>
    public ExitCode Execute(CancellationToken cancellation)
    {
        PurifierFactory.Require(settings.Device);
        using TelemetrySetup telemetry = new(settings.Telemetry, log);
        using ITilePurifier purifier = PurifierFactory.Open(
            ModelCatalog.Resolve(settings.Model),
            settings.Device,
            settings.Precision,
            settings.Threads,
            log: note => log.Write(LogLevel.Warning, note),
            figures: note => log.Write(LogLevel.Info, note));
        return new StreamRun(settings, log, purifier, telemetry).Execute(LiveRun.IsLive(settings.Input, settings.Output, settings.Live), cancellation);
    }
}
