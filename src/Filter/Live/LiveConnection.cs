using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// One connection to a live input, by three ffmpeg children: one fetches packets and decodes nothing, one says what they are, one decodes pictures and sound and can
/// reach nothing but its pipes. Used from one thread, but for <see cref="Abort"/>.
/// </summary>
internal sealed class LiveConnection : IDisposable
{
    /// <summary>The unit of the time stamps of all live streams, that of MPEG and RTP.</summary>
    public static readonly TimeBase Unit = new(1, 90000);

    // Slices rather than frames in parallel: the latter keeps a frame back for every thread.
    private const string DecoderOptions = "-f nut -thread_type slice";

    private readonly LiveInput input;
    private readonly FFmpegProcess ingest;
    private readonly FFmpegProcess probe;
    private readonly PacketPump pump;
    private readonly SoundTrack? track;
    private RawDecoder? decoder;
    private SoundPipe? sound;
    private volatile bool isAborted;

    /// <summary>Starts to fetch; <see cref="Open"/> waits for the first packets.</summary>
    /// <param name="input">What is fetched.</param>
    /// <param name="options">How.</param>
    /// <param name="track">Gets the sound, where there is any; null leaves it out.</param>
    /// <param name="paced">See <see cref="IngestArguments.Build"/>.</param>
    public LiveConnection(LiveInput input, LiveOptions options, SoundTrack? track, bool paced)
    {
        this.track = track;
        this.input = input;
        string? script = IngestArguments.Script(input, options);
        string arguments = IngestArguments.Build(input, options, track is not null, paced);
        ingest = new FFmpegProcess(FFmpegTool.FFmpeg, arguments, ChildPipes.Output | (script is null ? ChildPipes.None : ChildPipes.Input), input.Hide, ownSession: true);
        if (script is not null)
            Tell(script);
        probe = new FFmpegProcess(FFmpegTool.FFprobe, $"{MediaProbe.Questions} {LocalFile.Pipe} -f nut -i pipe:0", ChildPipes.Input | ChildPipes.Output, ownSession: true);
        pump = new PacketPump(ingest.Output, probe.Input);
    }

    /// <summary>What the stream is; valid after <see cref="Open"/>.</summary>
    public MediaInfo Media { get; private set; } = null!;

    /// <summary>Whether sound comes with the pictures; valid after <see cref="Open"/>.</summary>
    public bool HasSound => sound is not null;

    /// <summary>Whether opening failed for the sound: it was announced, but nothing of it came in time to tell what it is, or nobody knows its codec.</summary>
    public bool IsSoundRefused => ingest.Errors.Any(line => line.Contains("Could not write header", StringComparison.Ordinal));

    /// <summary>Frames delivered.</summary>
    public long Frames => decoder?.Frames ?? 0;

    /// <summary>Why it ended, in ffmpeg's words.</summary>
    public string Cause => Said ?? "the stream ended";

    /// <summary>Waits until the stream is known and decoded.</summary>
    /// <param name="wanted">The size of the pictures to deliver; null for the stream's own.</param>
    /// <param name="cancellation">Ends the children.</param>
    /// <exception cref="UserErrorException">There is nothing to decode; the message says why.</exception>
    public void Open(FrameFormat? wanted, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static connection => ((LiveConnection)connection!).Abort(), this);
        string json = probe.ReadToEnd();
        int exitCode = probe.Wait();
        cancellation.ThrowIfCancellationRequested();
        if (isAborted || exitCode != 0 || ingest.Errors.Any(IsWithoutVideo))
            throw Nothing();
        Media = MediaProbe.Parse(input.Name, json);
        FrameFormat format = (wanted ?? Media.FrameFormat) with { TimeBase = Unit, FrameCount = null, FrameRate = Media.FrameFormat.FrameRate };
        string more = "";
        if (track is not null && SoundIndex is { } index)
        {
            sound = new SoundPipe(track);
            more = sound.Arguments(index);
        }

        decoder = new RawDecoder(input.Name, format, "pipe:0", $"{LocalFile.Pipe} {DecoderOptions}", Media.VideoIndex, Filter(format), startPts: 0, ownSession: true, more);
        pump.ContinueTo(decoder.Input);
        if (isAborted)
            decoder.Kill();
        if (!decoder.TryBegin())
            throw Nothing();
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Reads the next frame.</summary>
    /// <returns>False when the connection has ended; <see cref="Cause"/> says why.</returns>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        try
        {
            return decoder!.TryRead(slot, cancellation);
        }
        catch (UserErrorException)
        {
            return false;       // it ended before its first frame
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;       // the decoder was stopped by somebody else's signal
        }
    }

    /// <summary>Moves the sound that has come with a picture; see <see cref="SoundPipe.Move"/>.</summary>
    public void MoveSound(long source, long pts) => sound?.Move(source, pts);

    /// <summary>Waits for the sound of a connection that has ended.</summary>
    public void FinishSound() => sound?.Finish();

    /// <summary>Ends the children at once, from any thread; a read that waits then ends.</summary>
    public void Abort()
    {
        isAborted = true;
        ingest.Kill();
        probe.Kill();
        decoder?.Kill();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Abort();
        pump.ContinueTo(null);
        pump.Join();
        ingest.Dispose();
        probe.Dispose();
        decoder?.Dispose();
        sound?.Dispose();
    }

    // A stream may change its size at any time, and a graph has one: pictures of another size are scaled to fit, on black where the shape differs.
    private string Filter(FrameFormat format) =>
        $"scale={format.Width}:{format.Height}:force_original_aspect_ratio=decrease:flags=bicubic,"
        + Media.Colors.ToRgbFilter(Media.PixelFormat, Media.Height)
        + $",pad={format.Width}:{format.Height}:-1:-1";

    private int? SoundIndex => Media.OfKind("audio").FirstOrDefault(stream => stream.Codec != "unknown")?.Index;

    private void Tell(string script)
    {
        try
        {
            ingest.Input.Write(System.Text.Encoding.UTF8.GetBytes(script));
            ingest.Input.Close();
        }
        catch (IOException)
        {
            // It has ended already; opening says why.
        }
    }

    // Without what the script around an address makes of every failure.
    private string? Said => ingest.Errors.Where(line => !line.Contains("Impossible to open", StringComparison.Ordinal)).ToArray() is { Length: > 0 } lines
        ? FFmpegResult.CauseOf(lines).Replace("pipe:0: ", "", StringComparison.Ordinal)
        : null;

    private static bool IsWithoutVideo(string line) => line.Contains("matches no streams", StringComparison.Ordinal);

    private UserErrorException Nothing()
    {
        ingest.Kill();
        ingest.Wait();
        string cause = ingest.Errors.Any(IsWithoutVideo)
            ? "it has no video stream, sound alone cannot be purified"
            : Said ?? (isAborted ? "nothing came in time" : "it ended without a picture");
        return new UserErrorException(ExitCode.Failed, $"'{input.Name}' cannot be read: {cause}.{(input.Device is null ? "" : " --list-cameras tells what it offers; another program may be using it.")}");
    }
}
