using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>One ffmpeg child behind a live output, ended when it takes nothing for too long. Its time stamps count from its first frame. Used from one thread.</summary>
internal sealed class OutputChild : IDisposable
{
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(15);      // to start and to connect, on a busy machine too

    private readonly OutputSecrets? secrets;
    private readonly SegmentFiles? segments;
    private readonly PlaylistDisk? disk;
    private readonly EncoderProcess encoder;
    private readonly Watchdog watchdog;
    private readonly TimeSpan patience;
    private readonly TimeProvider time;
    private readonly long firstPts;
    private readonly long startedAt;

    /// <summary>Starts it.</summary>
    /// <param name="output">Where frames go.</param>
    /// <param name="arguments">Makes the command line from the target and the option of <see cref="OutputSecrets"/>.</param>
    /// <param name="format">What the pictures are.</param>
    /// <param name="sound">Their sound; null without any.</param>
    /// <param name="firstPts">Time stamp of the first frame.</param>
    /// <param name="patience">How long a frame may take, later than <see cref="Beginning"/>.</param>
    /// <param name="time">The clock of that.</param>
    /// <exception cref="UserErrorException">It ended at once.</exception>
    public OutputChild(LiveOutput output, Func<string, string, string> arguments, FrameFormat format, SoundTrack? sound, long firstPts, TimeSpan patience, TimeProvider time)
    {
        this.firstPts = firstPts;
        this.patience = patience;
        this.time = time;
        startedAt = time.GetTimestamp();
        secrets = output.Address is { } address ? new OutputSecrets(address) : null;
        disk = output.Kind == LiveOutputKind.Hls ? new PlaylistDisk(output.Target, time) : null;
        segments = output.Kind == LiveOutputKind.Segments ? new SegmentFiles(output.Target) : null;
        try
        {
            encoder = new EncoderProcess(
                output.Name,
                arguments(secrets?.Url ?? output.Written, secrets?.Option ?? ""),
                format,
                FrameRates.ToFraction(format.FrameRate),
                output.Address is null ? null : output.Address.Hide,
                ownSession: true,
                sound is null ? null : new SoundFeed(sound, format.TimeBase, firstPts),
                segments is null ? null : segments.Hear);
        }
        catch
        {
            secrets?.Dispose();
            throw;
        }

        watchdog = new Watchdog(time, encoder.Kill);
    }

    /// <summary>Whether it was ended because it took nothing.</summary>
    public bool HasStalled => watchdog.HasFired;

    /// <summary>How long the frame at hand may take: a child that is still starting up is not one that has stalled.</summary>
    public TimeSpan Patience { get; private set; }

    /// <summary>Since its start.</summary>
    public TimeSpan Age => time.GetElapsedTime(startedAt);

    /// <summary>Hands over a frame.</summary>
    /// <exception cref="UserErrorException">The child has gone.</exception>
    public void Write(FrameSlot slot, CancellationToken cancellation)
    {
        segments?.ThrowIfFailed();
        disk?.ThrowIfFull();
        Patience = Beginning - Age > patience ? Beginning - Age : patience;
        watchdog.Begin(Patience);
        encoder.Write(slot.Pts - firstPts, slot.Raw, cancellation);
        watchdog.End();
    }

    /// <summary>Says that there are no more frames and waits until the child has sent what it has.</summary>
    /// <param name="backlog">How long the frames on the way may take to play.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UserErrorException">The child failed.</exception>
    public void Complete(TimeSpan backlog, CancellationToken cancellation)
    {
        watchdog.Begin(patience + backlog);
        encoder.Complete(cancellation);
        watchdog.End();
        segments?.ThrowIfFailed();
        disk?.ThrowIfFull(now: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        watchdog.Dispose();
        encoder.Dispose();
        secrets?.Dispose();
    }
}
