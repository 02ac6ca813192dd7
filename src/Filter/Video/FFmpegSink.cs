using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>
/// A video file, encoded by one ffmpeg child. Time stamps are the slots'; audio, subtitles, chapters, tags, rotation and pixel aspect come from
/// the source's file, colour matrix and range too. When the whole source was written, the file is compared with it before it gets
/// its final name.
/// </summary>
public sealed class FFmpegSink : IFrameSink
{
    private readonly IFrameSource source;
    private readonly PartialFile file;
    private readonly EncoderProcess encoder;
    private readonly long ptsShift;
    private readonly bool copiesStreams;
    private readonly bool isRgb;

    /// <summary>Starts the encoder.</summary>
    /// <param name="path">The final name; its extension picks the container.</param>
    /// <param name="source">Where the frames come from.</param>
    /// <param name="options">Codec, quality and the like.</param>
    /// <exception cref="UserErrorException">The name cannot be written, or the encoder is unknown.</exception>
    public FFmpegSink(string path, IFrameSource source, SinkOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        Name = path;
        this.source = source;
        copiesStreams = options.CopyStreams;
        MediaInfo? origin = (source as FFmpegSource)?.Media;
        ptsShift = Math.Max(0, -(origin?.StartPts ?? 0));
        (int, int) rate = origin is null ? FrameRates.ToFraction(source.Format.FrameRate) : StreamTimes.LastRate(origin);
        file = new PartialFile(path);
        try
        {
            string arguments = EncoderArguments.Build(source.Format, origin, file.FinalPath, file.TemporaryPath, options, ptsShift);
            isRgb = options.Lossless;
            SoundFeed? sound = options.Sound is { } track ? new SoundFeed(track, source.Format.TimeBase, origin: 0) : null;
            encoder = new EncoderProcess(Name, arguments, source.Format, rate, ownSession: options.IsFinishedOnSignal, sound: sound);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        encoder.Write(slot.Pts + ptsShift, pixels, cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="UserErrorException">
    /// The encoder failed, or (<see cref="ExitCode.OutputCheckFailed"/>) the file differs from its source; it then stays under another name.
    /// </exception>
    public void Complete(CancellationToken cancellation)
    {
        encoder.Complete(cancellation);
        if ((source as FFmpegSource)?.Media.DisplayMatrix is { } matrix)
            Mp4DisplayMatrix.Write(file.TemporaryPath, matrix);
        if (source is FFmpegSource { IsComplete: true } original)
            Check(original.Media, cancellation);
        file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        encoder.Dispose();
        file.Dispose();
    }

    private void Check(MediaInfo original, CancellationToken cancellation)
    {
        IReadOnlyList<string> differences = OutputCheck.Compare(original, file.TemporaryPath, copiesStreams, isRgb, cancellation);
        if (differences.Count == 0)
            return;
        string kept = file.Reject();
        throw new UserErrorException(
            ExitCode.OutputCheckFailed,
            $"'{Name}' was written but is not what '{original.Path}' is: {string.Join("; ", differences)}. It is kept as '{kept}'.");
    }
}
