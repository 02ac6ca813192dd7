using System.Globalization;
using System.Runtime.InteropServices;
using Realtime.Filter.Commands;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Serve.Configuration;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Serve;

/// <summary>One run of <c>serve</c>: the shared purifier, the streams of a configuration, and the reading of it again.</summary>
/// <param name="reader">Reads configurations.</param>
/// <param name="path">The file.</param>
internal sealed class ServeRun(ServeConfigurationReader reader, string path)
{
    private readonly SemaphoreSlim wake = new(0);
    private int reloads;

    /// <summary>Runs until every stream has ended.</summary>
    /// <param name="cancellation">Ends all streams properly.</param>
    /// <returns><see cref="ExitCode.Ok"/>, or <see cref="ExitCode.Failed"/> where one of the streams did not end well.</returns>
    /// <exception cref="InterruptedException"><paramref name="cancellation"/> was cancelled, and all streams have ended.</exception>
    /// <exception cref="UserErrorException">The configuration, the device, the model or the port cannot be had.</exception>
    public ExitCode Execute(CancellationToken cancellation)
    {
        using PosixSignalRegistration hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;      // not the end, which it is by default
            Reload();
        });
        ServeConfiguration configuration = reader.ReadFile(path);
        ConsoleLog log = new(configuration.Shared.LogLevel);
        object scope = new();
        using SharedPurifier shared = Open(configuration.Shared, log);
        using StreamSet streams = new(shared, scope, () => wake.Release(), TimeProvider.System, cancellation);
        using ServeStatus? status = configuration.Shared.Endpoint is { } endpoint ? new ServeStatus(endpoint, scope, streams, shared, log) : null;
        log.Write(LogLevel.Info, streams.Apply(configuration.Streams));
        using CancellationTokenRegistration signal = cancellation.UnsafeRegister(static woken => ((SemaphoreSlim)woken!).Release(), wake);
        while (!cancellation.IsCancellationRequested && (!streams.IsDone || Volatile.Read(ref reloads) > 0))
        {
            wake.Wait(CancellationToken.None);
            if (Interlocked.Exchange(ref reloads, 0) > 0)
                configuration = Reloaded(configuration, streams, log);
        }

        streams.End();
        if (cancellation.IsCancellationRequested)
            throw new InterruptedException(string.Create(CultureInfo.InvariantCulture, $"interrupted; all {streams.Streams.Count} streams have ended, and what they had is written."));
        SharedCounts counts = shared.Counts;
        log.Write(LogLevel.Info, string.Create(CultureInfo.InvariantCulture, $"all streams have ended; {counts.Tiles} tiles in {counts.Batches} batches, {counts.Mixed} of several streams"));
        return streams.Code;
    }

    /// <summary>Asks for the file to be read again. Safe to call from any thread.</summary>
    public void Reload()
    {
        Interlocked.Increment(ref reloads);
        wake.Release();
    }

    private static SharedPurifier Open(SharedSettings settings, ConsoleLog log)
    {
        PurifierFactory.Require(settings.Device);
        ITilePurifier purifier = PurifierFactory.Open(
            ModelCatalog.Resolve(settings.Model),
            settings.Device,
            settings.Precision,
            settings.Threads,
            log: note => log.Write(LogLevel.Warning, note),
            figures: note => log.Write(LogLevel.Info, note));
        int most = TileGrid.MaxOverlap(purifier.TileSize);
        if (settings.Overlap <= most)
            return new SharedPurifier(purifier, settings.Batch);
        purifier.Dispose();
        throw new UserErrorException(ExitCode.Usage, string.Create(CultureInfo.InvariantCulture, $"overlap {settings.Overlap} is too large for tiles of {purifier.TileSize} pixels: at most {most}."));
    }

    // What is wrong with the new file must not cost the streams that run by the old one.
    private ServeConfiguration Reloaded(ServeConfiguration before, StreamSet streams, ConsoleLog log)
    {
        try
        {
            ServeConfiguration after = reader.ReadFile(path);
            IReadOnlyList<string> differences = before.SharedDifferences(after);
            if (differences.Count > 0)
                throw new UserErrorException(ExitCode.Usage, $"{string.Join(", ", differences)}: what all streams share cannot change while they run; start serve anew for that.");
            log.Write(LogLevel.Info, $"'{path}' read again; {streams.Apply(after.Streams)}");
            return after;
        }
        catch (UserErrorException error)
        {
            log.Write(LogLevel.Error, $"'{path}' was read again and all stays as it was: {error.Message}");
            return before;
        }
    }
}
