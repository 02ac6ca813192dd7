using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// The children behind a live output, one after the other: the first is opened with the first frame, and whichever is lost is replaced after a wait, where its consumer may
/// come back. Used from one thread.
/// </summary>
internal sealed class ReopenedOutput : IDisposable
{
    private readonly LiveOutput output;
    private readonly FrameFormat format;
    private readonly SinkOptions encode;
    private readonly LiveOptions options;
    private readonly LiveCounts counts;
    private readonly Action<string> log;
    private readonly bool paced;
    private readonly TimeProvider time;
    private readonly Backoff backoff;
    private OutputChild? child;
    private bool wasOpen;

    /// <summary>Opens nothing yet; for the parameters see <see cref="LiveSink"/>.</summary>
    /// <exception cref="UserErrorException">The settings cannot be used.</exception>
    public ReopenedOutput(LiveOutput output, FrameFormat format, SinkOptions encode, LiveOptions options, LiveCounts counts, Action<string> log, bool paced, TimeProvider time)
    {
        this.output = output;
        this.format = format;
        this.encode = encode;
        this.options = options;
        this.counts = counts;
        this.log = log;
        this.paced = paced;
        this.time = time;
        backoff = new Backoff(options.ReconnectMax, options.ReconnectFor, time);
        Arguments(output.Target, "");       // what is wrong with the settings shall be known now
        if (output.Address is { } address && OutputSecrets.Warning(address) is { } warning)
            log(warning);
    }

    /// <summary>Whether it was away when the run ended: nobody waits for it any more.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Hands a frame to the child.</summary>
    /// <param name="slot">The frame.</param>
    /// <param name="ending">Ends the wait for a consumer that is away.</param>
    /// <param name="stop">Ends everything.</param>
    /// <returns>False when the child has gone with the frame, and the wait before the next one is over.</returns>
    /// <exception cref="UserErrorException">It does not come back.</exception>
    public bool TryWrite(FrameSlot slot, CancellationToken ending, CancellationToken stop)
    {
        try
        {
            child ??= Open(slot.Pts);
            child.Write(slot, stop);
            counts.AddOut(Stopwatch.GetTimestamp() - slot.CapturedAt);
            return true;
        }
        catch (Exception error) when (IsOfChild(error, stop))
        {
            Lose(error, ending, stop);
            return false;
        }
    }

    /// <summary>Says that there are no more frames and waits until the child has sent what it has.</summary>
    /// <exception cref="UserErrorException">It failed, and does not come back.</exception>
    public void Finish(CancellationToken stop)
    {
        // Frames that go out at their own pace still have to be played: those in the pipe, at most.
        double backlog = paced ? (double)PipeSize.Bytes / format.ByteCount / Math.Max(1, format.FrameRate) : 0;
        try
        {
            child?.Complete(TimeSpan.FromSeconds(backlog), stop);
        }
        catch (Exception error) when (IsOfChild(error, stop) && output.MayComeBack)
        {
            log($"{output.Name}: the last frames may not have arrived: {(child!.HasStalled ? "it stalls" : error.Message)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => child?.Dispose();

    private string Arguments(string target, string preset) => LiveOutputArguments.Build(output, format, encode, options, target, preset, paced);

    private OutputChild Open(long pts)
    {
        OutputChild opened = new(output, Arguments, format, encode.Sound, pts, options.StallTimeout, time);
        if (wasOpen)
            counts.AddSinkReconnect();
        log(wasOpen ? $"{output.Name}: opened again." : $"{output.Name}: opened.");
        wasOpen = true;
        return opened;
    }

    private void Lose(Exception error, CancellationToken ending, CancellationToken stop)
    {
        string cause = child is { HasStalled: true }
            ? string.Create(CultureInfo.InvariantCulture, $"took no frame for {child.Patience.TotalSeconds:0.#} s")
            : error is UserErrorException ? error.Message.TrimEnd('.') : "ffmpeg was stopped";
        if (child is not null)
            backoff.Worked(child.Age - (child.HasStalled ? child.Patience : TimeSpan.Zero));
        child?.Dispose();
        child = null;
        if (!output.MayComeBack || options.ReconnectFor == TimeSpan.Zero)
            throw error is UserErrorException ? error : new UserErrorException(ExitCode.Failed, $"'{output.Name}': {cause}.", error);
        if (backoff.Next() is not { } wait)
            throw new UserErrorException(ExitCode.Failed, $"'{output.Name}' is away and did not come back: {cause}.", error);
        log(string.Create(CultureInfo.InvariantCulture, $"{output.Name}: {cause}; try {backoff.Tries} in {wait.TotalSeconds:0.0} s."));
        try
        {
            backoff.Wait(wait, ending);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            IsGivenUp = true;
        }
    }

    private static bool IsOfChild(Exception error, CancellationToken stop) => error is UserErrorException || (error is OperationCanceledException && !stop.IsCancellationRequested);
}
