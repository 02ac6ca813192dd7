using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>
/// A video file, decoded by one ffmpeg child to full-range RGB. Every frame comes with the time stamp that the container has for it,
/// in the stream's own time base; none is dropped, repeated or rotated.
/// </summary>
public sealed class FFmpegSource : IFrameSource
{
    private readonly RawDecoder decoder;
    private bool ended;

    /// <summary>Probes the file and starts the decoder.</summary>
    /// <exception cref="UserErrorException">The file is missing or is no video.</exception>
    public FFmpegSource(string path, SourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Name = path;
        Media = MediaProbe.Read(path);
        Format = Media.FrameFormat;
        string hardware = options.HardwareDecoder is { } device ? $"-hwaccel {FFmpegTool.Quote(device)}" : "";
        decoder = new RawDecoder(
            path, Format, Path.GetFullPath(path), hardware, Media.VideoIndex, Media.Colors.ToRgbFilter(Media.PixelFormat, Media.Height), Media.StartPts);
        try
        {
            decoder.Begin();
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public FrameFormat Format { get; }

    /// <summary>What the file is, for the sink that has to keep it.</summary>
    public MediaInfo Media { get; }

    /// <summary>Whether the file was read to its regular end.</summary>
    public bool IsComplete { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (ended)
            return false;
        if (decoder.TryRead(slot, cancellation))
            return true;
        ended = true;
        // Fewer frames than announced are no fault by themselves: an edit list may hide some.
        bool isShort = Media.FrameCount is { } count ? decoder.Frames < count && decoder.Errors.Count > 0 : decoder.Errors.Any(IsCutOff);
        if (decoder.ExitCode != 0 || isShort)
            throw BreaksOff();
        IsComplete = true;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => decoder.Dispose();

    private UserErrorException BreaksOff()
    {
        string total = Media.FrameCount is { } count ? $"of {count} " : Format.FrameCount is { } about && about > decoder.Frames ? $"of about {about} " : "";
        return new UserErrorException(
            ExitCode.Failed,
            $"'{Name}' breaks off after {decoder.Frames} {total}frames ({FFmpegResult.CauseOf(decoder.Errors)}). All readable frames were kept.");
    }

    private static bool IsCutOff(string line) =>
        line.Contains("ended prematurely", StringComparison.Ordinal) || line.Contains("partial file", StringComparison.Ordinal)
        || line.Contains("truncat", StringComparison.OrdinalIgnoreCase) || line.Contains("End of file", StringComparison.Ordinal);
}
