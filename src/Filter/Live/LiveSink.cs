using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// A live output. A thread of its own feeds the ffmpeg child, so that a consumer that stalls or goes away holds nothing up: a few frames wait, the newest win, and
/// the child is replaced. With <see cref="LatencyPolicy.Smooth"/> the graph waits instead.
/// </summary>
public sealed class LiveSink : IFrameSink
{
    private const int Waiting = 4;

    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(10);     // a child that lived so long was connected

    private readonly LiveOutput output;
    private readonly FrameFormat format;
    private readonly SinkOptions encode;
    private readonly LiveOptions options;
    private readonly LiveCounts counts;
    private readonly Action<string> log;
    private readonly TimeProvider time;
    private readonly bool waits;
    private readonly bool paced;
    private readonly Backoff backoff;
    private readonly BoundedQueue<FrameSlot> waiting = new(Waiting);
    private readonly BoundedQueue<FrameSlot> free = new(Waiting + 2);
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource ending;
    private readonly Thread thread;
    private Exception? failure;
    private EncoderProcess? encoder;
    private OutputSecrets? secrets;
    private Watchdog? watchdog;
    private long startedAt;
    private long firstPts;
    private bool wasOpen;
    private bool isAway;        // at the end of the run: nobody waits for it any more

    /// <summary>Prepares; the child starts with the first frame.</summary>
    /// <param name="output">Where frames go.</param>
    /// <param name="format">What they are.</param>
    /// <param name="encode">How to encode.</param>
    /// <param name="options">Timeouts, policy, segments.</param>
    /// <param name="counts">Gets frames out, drops and reconnects.</param>
    /// <param name="log">Takes a line for each change of state.</param>
    /// <param name="paced">Whether frames come faster than they shall play.</param>
    /// <param name="time">The clock of waits; null is the system's.</param>
    public LiveSink(LiveOutput output, FrameFormat format, SinkOptions encode, LiveOptions options, LiveCounts counts, Action<string> log, bool paced = false, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(options);
        this.output = output;
        this.format = format;
        this.encode = encode;
        this.options = options;
        this.counts = counts;
        this.log = log;
        this.paced = paced;
        this.time = time ?? TimeProvider.System;
        ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        waits = options.Policy == LatencyPolicy.Smooth;
        backoff = new Backoff(options.ReconnectMax, options.ReconnectFor, this.time);
        for (int i = 0; i < free.Capacity; i++)
            free.Add(new FrameSlot(format, isRaw: true), CancellationToken.None);
        Arguments(output.Target, "");       // what is wrong with the settings shall be known now
        if (output.Address is { } address && OutputSecrets.Warning(address) is { } warning)
            log(warning);
        thread = new Thread(Run) { Name = "realtime output", IsBackground = true };
        thread.Start();
    }

    /// <inheritdoc/>
    public string Name => output.Name;

    /// <inheritdoc/>
    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        free.TryTake(out FrameSlot copy, cancellation);
        pixels.CopyTo(copy.Raw);
        (copy.Pts, copy.CapturedAt) = (slot.Pts, slot.CapturedAt);
        if (waits)
        {
            waiting.Add(copy, cancellation);
        }
        else if (waiting.Push(copy, out FrameSlot oldest))
        {
            counts.AddDropped(DropCause.Sink);
            free.Add(oldest, cancellation);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">The output failed for good.</exception>
    public void Complete(CancellationToken cancellation)
    {
        waiting.Complete();
        if (!waits)
            ending.Cancel();        // ends the wait for a consumer that is away
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), stop);
        thread.Join();
        cancellation.ThrowIfCancellationRequested();
        if (failure is not null)
            throw failure;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        thread.Join();
        Close();
        ending.Dispose();
        stop.Dispose();
    }

    private string Arguments(string target, string preset) => LiveOutputArguments.Build(output, format, encode, options, target, preset, paced);

    private void Run()
    {
        try
        {
            while (waiting.TryTake(out FrameSlot slot, stop.Token))
            {
                while (!TryWrite(slot) && waits)
                {
                }

                free.Add(slot, stop.Token);
            }

            Finish();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run was given up; there is nobody to tell.
        }
        catch (Exception error)
        {
            failure = error;
            waiting.Fail(error);
            free.Fail(error);
        }
    }

    // Either the frame is with the child, or the child has gone, and the frame is lost unless it is tried again.
    private bool TryWrite(FrameSlot slot)
    {
        if (isAway)
        {
            counts.AddDropped(DropCause.Sink);
            return true;
        }

        try
        {
            if (encoder is null)
                Open(slot.Pts);
            watchdog!.Begin(options.StallTimeout);
            encoder!.Write(slot.Pts - firstPts, slot.Raw, stop.Token);
            watchdog.End();
            counts.AddOut(Stopwatch.GetTimestamp() - slot.CapturedAt);
            return true;
        }
        catch (Exception error) when (IsOfChild(error))
        {
            Lose(error);
            if (!waits)
                counts.AddDropped(DropCause.Sink);
            return false;
        }
    }

    private void Open(long pts)
    {
        secrets = output.Address is { } address ? new OutputSecrets(address) : null;
        string arguments = Arguments(secrets?.Url ?? output.Target, secrets?.Option ?? "");
        firstPts = pts;
        startedAt = time.GetTimestamp();
        encoder = new EncoderProcess(Name, arguments, format, FrameRates.ToFraction(format.FrameRate), output.Address is { } hidden ? hidden.Hide : null, ownSession: true);
        watchdog = new Watchdog(time, encoder.Kill);
        if (wasOpen)
            counts.AddSinkReconnect();
        log(wasOpen ? $"{Name}: opened again." : $"{Name}: opened.");
        wasOpen = true;
    }

    private void Lose(Exception error)
    {
        string cause = watchdog is { HasFired: true }
            ? string.Create(CultureInfo.InvariantCulture, $"took no frame for {options.StallTimeout.TotalSeconds:0.#} s")
            : error is UserErrorException ? error.Message : "ffmpeg was stopped";
        if (time.GetElapsedTime(startedAt) > LongEnough)
            backoff.Reset();
        Close();
        if (!output.MayComeBack || options.ReconnectFor == TimeSpan.Zero)
            throw error is UserErrorException ? error : new UserErrorException(ExitCode.Failed, $"'{Name}': {cause}.", error);
        if (backoff.Next() is not { } wait)
            throw new UserErrorException(ExitCode.Failed, $"'{Name}' is away and did not come back: {cause}.", error);
        log(string.Create(CultureInfo.InvariantCulture, $"{Name}: {cause}; try {backoff.Tries} in {wait.TotalSeconds:0.0} s."));
        try
        {
            backoff.Wait(wait, ending.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            isAway = true;
        }
    }

    private void Finish()
    {
        if (encoder is null)
            return;
        try
        {
            watchdog!.Begin(options.StallTimeout);
            encoder.Complete(stop.Token);
            watchdog.End();
        }
        catch (Exception error) when (IsOfChild(error) && output.MayComeBack)
        {
            log($"{Name}: the last frames may not have arrived: {(watchdog!.HasFired ? "it stalls" : error.Message)}.");
        }

        Close();
    }

    private void Close()
    {
        watchdog?.Dispose();
        encoder?.Dispose();
        secrets?.Dispose();
        (encoder, watchdog, secrets) = (null, null, null);
    }

    private bool IsOfChild(Exception error) => error is UserErrorException || (error is OperationCanceledException && !stop.IsCancellationRequested);
}
