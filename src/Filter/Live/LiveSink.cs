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
    private OutputChild? child;
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
        child?.Dispose();
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
            child ??= Open(slot.Pts);
            child.Write(slot, stop.Token);
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

    private OutputChild Open(long pts)
    {
        OutputChild opened = new(output, Arguments, format, encode.Sound, pts, options.StallTimeout, time);
        if (wasOpen)
            counts.AddSinkReconnect();
        log(wasOpen ? $"{Name}: opened again." : $"{Name}: opened.");
        wasOpen = true;
        return opened;
    }

    private void Lose(Exception error)
    {
        string cause = child is { HasStalled: true }
            ? string.Create(CultureInfo.InvariantCulture, $"took no frame for {options.StallTimeout.TotalSeconds:0.#} s")
            : error is UserErrorException ? error.Message : "ffmpeg was stopped";
        if (child?.Age > LongEnough)
            backoff.Reset();
        child?.Dispose();
        child = null;
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
        // Frames that go out at their own pace still have to be played: those in the pipe, at most.
        double backlog = paced ? (double)PipeSize.Bytes / format.ByteCount / Math.Max(1, format.FrameRate) : 0;
        try
        {
            child?.Complete(TimeSpan.FromSeconds(backlog), stop.Token);
        }
        catch (Exception error) when (IsOfChild(error) && output.MayComeBack)
        {
            log($"{Name}: the last frames may not have arrived: {(child!.HasStalled ? "it stalls" : error.Message)}");
        }
    }

    private bool IsOfChild(Exception error) => error is UserErrorException || (error is OperationCanceledException && !stop.IsCancellationRequested);
}
