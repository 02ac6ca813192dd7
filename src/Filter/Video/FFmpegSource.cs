using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>
/// A video file, decoded by one ffmpeg child to full-range RGB. Every frame comes with the time stamp that the container has for it,
/// in the stream's own time base; none is dropped, repeated or rotated.
/// </summary>
public sealed class FFmpegSource : ISeekableSource
{
    private const double WayBack = 10;      // seconds; longer than the distance of frames that a decoder can begin with

    private readonly string hardware;
    private RawDecoder decoder;
    private double goal = double.NegativeInfinity;      // where to go to, until a frame from there is found
    private bool mayGoBack;
    private bool isFromStart = true;        // the decoder began at the start of the file
    private bool ended;

    /// <summary>Probes the file and starts the decoder.</summary>
    /// <exception cref="UserErrorException">The file is missing or is no video.</exception>
    public FFmpegSource(string path, SourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Name = path;
        Media = MediaProbe.Read(path);
        Format = Media.FrameFormat;
        hardware = LocalFile.Options + (options.HardwareDecoder is { } device ? $" -hwaccel {FFmpegTool.Quote(device)}" : "");
        decoder = Decoder(hardware);
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

    /// <inheritdoc/>
    public long FirstPts => Media.StartPts;

    /// <inheritdoc/>
    /// <remarks>Of the stream where the container says it, else of the file; Matroska counts from time 0 and not from the first frame.</remarks>
    public double? Duration => Media switch
    {
        { DurationTicks: { } ticks } => Format.TimeBase.Seconds(ticks),
        { Seconds: { } seconds } when Media.Container.Contains("matroska", StringComparison.Ordinal) => seconds - Math.Max(0, Media.StartSeconds),
        _ => Media.Seconds,
    };

    /// <summary>Whether the file was read from its start to its regular end.</summary>
    public bool IsComplete { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        while (!ended)
        {
            if (decoder.TryRead(slot, cancellation))
            {
                double beyond = Format.TimeBase.Seconds(slot.Pts - FirstPts) - goal;
                if (beyond > 1.5 * FrameSeconds && mayGoBack)
                    GoBack();
                else if (beyond >= -0.5 * FrameSeconds)
                    return Found();
            }
            else if (mayGoBack)
            {
                GoBack();
            }
            else
            {
                End();
            }
        }

        return false;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// ffmpeg begins at the last frame before that it can begin with, and leaves out what lies between. Containers without an index (MPEG-TS)
    /// may bring it beyond the place; then it begins once more, earlier.
    /// </remarks>
    public void Seek(double seconds)
    {
        goal = Math.Max(0, seconds);
        BeginAt(goal);
        mayGoBack = !isFromStart;
        if (ended && mayGoBack)
            GoBack();
    }

    /// <inheritdoc/>
    public void Dispose() => decoder.Dispose();

    private double FrameSeconds => 1 / Math.Max(1e-3, Format.FrameRate);

    private RawDecoder Decoder(string inputOptions) => new(
        Name, Format, Path.GetFullPath(Name), inputOptions, Media.VideoIndex, Media.Colors.ToRgbFilter(Media.PixelFormat, Media.Height), Media.StartPts)
    {
        MayBeEmpty = !isFromStart,
    };

    private void BeginAt(double seconds)
    {
        // ffmpeg counts from the start of the whole file, and must not lose the frame to rounding.
        double at = Format.TimeBase.Seconds(FirstPts) - Media.StartSeconds + seconds - (0.5 * FrameSeconds);
        isFromStart = seconds <= 0 || at <= 0;
        string place = isFromStart ? "" : string.Create(CultureInfo.InvariantCulture, $" -ss {at:F6}");
        decoder.Dispose();
        decoder = Decoder(hardware + place);
        ended = !decoder.TryBegin();
        if (ended && (isFromStart || decoder.ExitCode != 0))
            throw decoder.NothingDecoded();
    }

    private void GoBack()
    {
        mayGoBack = false;
        BeginAt(goal - WayBack);
    }

    private bool Found()
    {
        goal = double.NegativeInfinity;
        mayGoBack = false;
        return true;
    }

    private void End()
    {
        ended = true;
        // Fewer frames than announced are no fault by themselves: an edit list may hide some.
        bool isShort = isFromStart && Media.FrameCount is { } count ? decoder.Frames < count && decoder.Errors.Count > 0 : decoder.Errors.Any(IsCutOff);
        if (decoder.ExitCode != 0 || isShort)
            throw BreaksOff();
        IsComplete = isFromStart;
    }

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
