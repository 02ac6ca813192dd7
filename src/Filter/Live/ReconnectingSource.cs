using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// A live input that comes back: a connection that ends, or brings no frame for a while, is replaced. Pictures keep the size of the first
/// connection, time stamps go on (<see cref="PtsClock"/>).
/// </summary>
public sealed class ReconnectingSource : IFrameSource
{
    private static readonly TimeSpan FirstPicture = TimeSpan.FromSeconds(30);   // a connection may need a key frame before it shows anything, and ffprobe up to twenty pictures of a slow camera

    private readonly LiveInput input;
    private readonly LiveOptions options;
    private readonly LiveCounts counts;
    private readonly Action<string> log;
    private readonly TimeProvider time;
    private readonly bool paced;
    private readonly SoundTrack? track;
    private readonly Backoff backoff;
    private readonly PtsClock clock;
    private LiveConnection? connection;
    private Watchdog? watchdog;
    private long jumps;
    private long lastSource;     // the newest picture's time stamp, the source's own and ours
    private long lastPts;
    private bool hasSound;

    /// <summary>Connects. The first try is the only one: an address that is wrong shall be seen at once.</summary>
    /// <param name="input">What to read.</param>
    /// <param name="options">How.</param>
    /// <param name="counts">Gets the reconnects.</param>
    /// <param name="log">Takes a line for each change of state.</param>
    /// <param name="time">The clock of waits and gaps; null is the system's.</param>
    /// <param name="cancellation">Ends the wait for the first picture.</param>
    /// <exception cref="UserErrorException">There is nothing to read; the message says why.</exception>
    public ReconnectingSource(LiveInput input, LiveOptions options, LiveCounts counts, Action<string> log, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        this.input = input;
        this.options = options;
        this.counts = counts;
        this.log = log;
        this.time = time ?? TimeProvider.System;
        paced = options.Policy != LatencyPolicy.Smooth;
        RequireVersion();
        backoff = new Backoff(options.ReconnectMax, options.ReconnectFor, this.time);
        clock = new PtsClock(LiveConnection.Unit, this.time);
        track = options.WithSound ? new SoundTrack() : null;
        Format = Connect(null, track, cancellation);
        counts.Sound = Sound;
        log($"{Name}: connected, {Describe()}.");
        if (input.Device is not null && options.NotGranted(Format) is { } refused)
            log($"{Name}: {refused} (--list-cameras tells what it offers).");
    }

    /// <inheritdoc/>
    public string Name => input.Name;

    /// <inheritdoc/>
    public FrameFormat Format { get; }

    /// <summary>The sound of the stream; null where the first connection had none, or it is not wanted.</summary>
    public SoundTrack? Sound => hasSound ? track : null;

    private TimeSpan FirstPatience => FirstPicture > options.StallTimeout ? FirstPicture : options.StallTimeout;

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">The source did not come back within <see cref="LiveOptions.ReconnectFor"/>.</exception>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (connection is not null)
            {
                if (TryReadConnection(slot, cancellation))
                    return true;
                connection.FinishSound();
                connection.MoveSound(lastSource, lastPts);
                log($"{Name}: {(watchdog!.HasFired ? Stalled() : connection.Cause)} after {connection.Frames} frames.");
                Disconnect();
            }

            if (!Reconnect(cancellation))
                return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Disconnect();

    private bool TryReadConnection(FrameSlot slot, CancellationToken cancellation)
    {
        watchdog!.Begin(connection!.Frames == 0 ? FirstPatience : options.StallTimeout);
        bool isFrame = connection.TryRead(slot, cancellation);
        watchdog.End();
        if (!isFrame)
            return false;
        backoff.Reset();
        slot.CapturedAt = slot.DecodedAt;
        lastSource = slot.Pts;
        lastPts = slot.Pts = clock.Next(slot.Pts, connection.Media.FrameFormat.FrameRate);
        connection.MoveSound(lastSource, lastPts);
        if (clock.Jumps > jumps)
            log($"{Name}: its clock jumped; time stamps go on.");
        jumps = clock.Jumps;
        return true;
    }

    private bool Reconnect(CancellationToken cancellation)
    {
        if (options.ReconnectFor == TimeSpan.Zero)
            return false;
        if (backoff.Next() is not { } wait)
            throw new UserErrorException(ExitCode.Failed, string.Create(CultureInfo.InvariantCulture, $"'{Name}' did not come back within {options.ReconnectFor!.Value.TotalSeconds:0.#} s (--reconnect-for)."));
        log(string.Create(CultureInfo.InvariantCulture, $"{Name}: try {backoff.Tries} in {wait.TotalSeconds:0.0} s."));
        backoff.Wait(wait, cancellation);
        try
        {
            Connect(Format, Sound, cancellation);
            clock.Restart();
            counts.AddSourceReconnect();
            log($"{Name}: back, {Describe()}.");
        }
        catch (UserErrorException error)
        {
            log(error.Message);
        }

        return true;
    }

    private FrameFormat Connect(FrameFormat? wanted, SoundTrack? sound, CancellationToken cancellation)
    {
        LiveConnection opened = new(input, options, sound, paced);
        connection = opened;
        watchdog = new Watchdog(time, opened.Abort);
        try
        {
            watchdog.Begin(FirstPatience);
            opened.Open(wanted, cancellation);
            watchdog.End();
            hasSound |= opened.HasSound;
            return opened.Media.FrameFormat with { TimeBase = LiveConnection.Unit, FrameCount = null };
        }
        catch (UserErrorException) when (sound is not null && opened.IsSoundRefused)
        {
            Disconnect();
            hasSound = true;        // perhaps with the next connection
            log($"{Name}: its sound cannot be read, nothing of it came in time; pictures go on with silence until it reconnects.");
            return Connect(wanted, null, cancellation);
        }
        catch
        {
            Disconnect();
            throw;
        }
    }

    private void Disconnect()
    {
        watchdog?.Dispose();
        connection?.Dispose();
        (connection, watchdog) = (null, null);
    }

    private string Describe()
    {
        MediaInfo media = connection!.Media;
        string scaled = Format is not null && (media.Width != Format.Width || media.Height != Format.Height) ? $", scaled to {Format.Width}x{Format.Height}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{media.Codec} {media.Width}x{media.Height} {media.PixelFormat} at {media.FrameFormat.FrameRate:0.##} fps{scaled}");
    }

    private string Stalled() => string.Create(CultureInfo.InvariantCulture, $"no frame for {options.StallTimeout.TotalSeconds:0.#} s");

    private static void RequireVersion()
    {
        if (FFmpegTool.Version < new Version(5, 0))
            throw new UserErrorException(ExitCode.Failed, $"Live inputs need ffmpeg 5.0 or newer; {FFmpegTool.Version} is installed.");
    }
}
