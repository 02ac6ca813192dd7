using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>
/// A stretch of a video, encoded by itself in the final codec, so that <see cref="SegmentJoin"/> can put stretches together without another
/// encode. Its time stamps count from its first frame, in the source's time base. The encoder starts with the first frame: without one there is no file.
/// </summary>
internal sealed class SegmentSink : IFrameSink
{
    // Encoders decide by their number of threads where to cut; a number of the machine's would make the bytes the machine's.
    private const string Threads = "threads=4";

    private readonly IFrameSource source;
    private readonly MediaInfo media;
    private readonly string path;
    private readonly string arguments;
    private readonly (int, int) rate;
    private EncoderProcess? encoder;

    /// <summary>Prepares a segment; nothing is written yet.</summary>
    /// <param name="path">Its own file, with the extension of <see cref="Extension"/>.</param>
    /// <param name="finalPath">The whole video's final name, which decides the codec.</param>
    /// <param name="source">Gives size and time base.</param>
    /// <param name="media">The file that the frames come from.</param>
    /// <param name="rate">See <see cref="StreamTimes.LastRate"/>.</param>
    /// <param name="options">The user's settings.</param>
    public SegmentSink(string path, string finalPath, IFrameSource source, MediaInfo media, (int Numerator, int Denominator) rate, SinkOptions options)
    {
        this.path = path;
        this.source = source;
        this.media = media;
        this.rate = rate;
        Name = finalPath;
        arguments = EncoderArguments.Build(source.Format, media with { DisplayMatrix = null }, path, path, OptionsOf(finalPath, options), ptsShift: 0);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Frames written.</summary>
    public long Frames { get; private set; }

    /// <summary>Time stamp of the first frame.</summary>
    public long FirstPts { get; private set; }

    /// <summary>The file extension of segments in <paramref name="codec"/>: a container with exact time stamps that takes it.</summary>
    public static string Extension(string codec) =>
        codec.Contains("vp9", StringComparison.Ordinal) || codec.Contains("av1", StringComparison.Ordinal) ? ".mp4" : ".mov";

    /// <inheritdoc/>
    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (encoder is null)
        {
            encoder = new EncoderProcess(Name, arguments, source.Format, rate);
            FirstPts = slot.Pts;
        }

        if (slot.Pts < FirstPts)
        {
            throw new UserErrorException(
                ExitCode.Failed, $"'{media.Path}' shows a frame at {slot.Pts} after one at {FirstPts}: its time stamps run backwards. Mend it first: ffmpeg -i IN -c copy -fflags +genpts OUT");
        }

        encoder.Write(slot.Pts - FirstPts, pixels, cancellation);
        Frames++;
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellation) => encoder?.Complete(cancellation);

    /// <summary>Ends the encoder; the file stays, it is the caller's.</summary>
    public void Dispose() => encoder?.Dispose();

    private static SinkOptions OptionsOf(string finalPath, SinkOptions options)
    {
        List<string> encoder = [.. options.EncoderOptions];
        if (!encoder.Any(option => option.StartsWith("threads=", StringComparison.Ordinal)))
            encoder.Add(Threads);
        if (Path.GetExtension(finalPath).Equals(".avi", StringComparison.OrdinalIgnoreCase))
            encoder.Add("bf=0");   // AVI has no presentation times
        return options with { Codec = EncoderDefaults.Codec(finalPath, options), CopyStreams = false, EncoderOptions = encoder };
    }
}
