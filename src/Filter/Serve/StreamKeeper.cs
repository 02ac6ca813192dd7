using System.Globalization;
using Realtime.Filter.Commands;
using Realtime.Filter.Errors;
using Realtime.Filter.Live;
using Realtime.Filter.Serve.Configuration;
using Realtime.Filter.Telemetry;

namespace Realtime.Filter.Serve;

/// <summary>
/// Keeps one stream running, on a thread of its own: the very run that <c>purify</c> makes of it, with its part of the shared purifier. Whatever breaks that run is told of,
/// counted, and, where the stream is live and its settings are not at fault, tried again with growing waits. Nothing that happens here reaches another stream.
/// </summary>
internal sealed class StreamKeeper : IDisposable
{
    private readonly SharedPurifier shared;
    private readonly ConsoleLog log;
    private readonly StreamIdentity identity;
    private readonly Action changed;
    private readonly TimeProvider clock;
    private readonly Backoff backoff;
    private readonly CancellationTokenSource ending;
    private readonly Thread thread;
    private readonly object gate = new();
    private TelemetrySetup? telemetry;      // of the run that is under way
    private HealthReport last = new("idle", "starting", 0, 0);
    private StreamState state = StreamState.Running;
    private string? trouble;
    private long failures;
    private bool isDisposed;

    /// <summary>Starts the stream.</summary>
    /// <param name="stream">Which.</param>
    /// <param name="shared">Borrowed.</param>
    /// <param name="scope">What the meters of the process have in common.</param>
    /// <param name="changed">Called, from the stream's thread, when it has ended or failed for good.</param>
    /// <param name="clock">The clock of waits and limits.</param>
    /// <param name="cancellation">Ends it, as <see cref="End"/> does.</param>
    public StreamKeeper(ServedStream stream, SharedPurifier shared, object scope, Action changed, TimeProvider clock, CancellationToken cancellation)
    {
        ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Stream = stream;
        this.shared = shared;
        this.changed = changed;
        this.clock = clock;
        log = new ConsoleLog(stream.Run.LogLevel, stream.Name);
        identity = new StreamIdentity(stream.Name, scope);
        backoff = new Backoff(stream.Run.Live.ReconnectMax, stream.Run.Live.ReconnectFor, clock);
        thread = new Thread(Run) { Name = $"realtime stream {stream.Name}", IsBackground = true };
        thread.Start();
    }

    /// <summary>The stream as it is set.</summary>
    public ServedStream Stream { get; }

    /// <summary>How often a run of it broke.</summary>
    public long Failures
    {
        get
        {
            lock (gate)
                return failures;
        }
    }

    /// <summary>How its last run ended.</summary>
    public ExitCode Code { get; private set; }

    /// <summary>What it is at.</summary>
    public StreamState State
    {
        get
        {
            lock (gate)
                return state;
        }
    }

    /// <summary>How it fares.</summary>
    public HealthReport Health
    {
        get
        {
            lock (gate)
            {
                HealthReport now = telemetry?.Health ?? last;
                return state switch
                {
                    StreamState.Ended when Code == ExitCode.Ok => now with { Status = "idle", Reason = "ended" },
                    StreamState.Ended => now with { Status = "failing", Reason = "it has ended, and not all went well; the log has more" },
                    StreamState.Running when trouble is null || now.Frames > 0 => now,
                    _ => now with { Status = "failing", Reason = trouble },     // a try that has shown nothing yet is no better than the one before
                };
            }
        }
    }

    /// <summary>Asks it to end: what was captured is still written, and files are finished.</summary>
    public void End()
    {
        if (!isDisposed)
            ending.Cancel();
    }

    /// <summary>Waits for its end, which somebody asked for.</summary>
    public void Dispose()
    {
        End();
        thread.Join();
        isDisposed = true;
        ending.Dispose();
    }

    private void Run()
    {
        Exception? failure;
        do
            failure = Try();
        while (failure is not null && WaitForNext(failure));
        changed();
    }

    private Exception? Try()
    {
        long begin = clock.GetTimestamp();
        try
        {
            using TelemetrySetup told = new(Stream.Run.Telemetry, log, identity);
            try
            {
                lock (gate)
                    (telemetry, state) = (told, StreamState.Running);
                TilePace? pace = Stream.TilesPerSecond is { } rate ? new TilePace(rate, clock) : null;
                using StreamPurifier part = shared.Join(pace, ending.Token);
                Settle(StreamState.Ended, null, new StreamRun(Stream.Run, log, part, told).Execute(isLive: true, ending.Token));
            }
            finally
            {
                lock (gate)
                    (last, telemetry) = (told.Health, null);
            }
        }
        catch (Exception error) when (ending.IsCancellationRequested)
        {
            // Whatever broke after the stream was asked to end broke because of it.
            log.Write(error is OperationCanceledException ? LogLevel.Debug : LogLevel.Warning, error.Message);
            Settle(StreamState.Ended, null, ExitCode.Ok);
        }
        catch (Exception error)
        {
            // Everything else that a run can throw ends here: it is this stream's trouble alone.
            if (last.Frames > 0)        // one that waited for its source for as long has not worked
                backoff.Worked(clock.GetElapsedTime(begin));
            return error;
        }

        return null;
    }

    // Returns whether there is to be another try.
    private bool WaitForNext(Exception failure)
    {
        string message = failure is UserErrorException ? failure.Message : $"internal error, {failure.GetType().Name}: {failure.Message}";
        if (!MayPass(failure) || backoff.Next() is not { } wait)
        {
            Settle(StreamState.Failed, message, (failure as UserErrorException)?.ExitCode ?? ExitCode.Failed);
            log.Write(LogLevel.Error, $"{message} The stream stays down until the configuration is read again (SIGHUP).");
            return false;
        }

        Settle(StreamState.Waiting, message, ExitCode.Failed);
        log.Write(LogLevel.Error, string.Create(CultureInfo.InvariantCulture, $"{message} Try {backoff.Tries} in {wait.TotalSeconds:0.0} s."));
        try
        {
            backoff.Wait(wait, ending.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            Settle(StreamState.Ended, message, ExitCode.Ok);
            return false;
        }
    }

    // A file does not get better by reading it again, and settings do not by waiting.
    private bool MayPass(Exception failure) =>
        failure is not UserErrorException { ExitCode: ExitCode.Usage or ExitCode.ModelRejected } && LiveRun.IsLive(Stream.Run.Input, Stream.Run.Output, Stream.Run.Live);

    // A failure is counted with the state that it leaves: whoever has seen the count sees the stream failing, and so does whoever has read the log.
    private void Settle(StreamState now, string? why, ExitCode code)
    {
        lock (gate)
        {
            (state, trouble, Code) = (now, why, code);
            if (now is StreamState.Failed or StreamState.Waiting)
                failures++;
        }
    }
}
