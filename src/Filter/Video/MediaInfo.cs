using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>What ffprobe says of a video file and its first real video stream (cover pictures do not count).</summary>
/// <param name="Path">The file.</param>
/// <param name="Container">ffmpeg's names of the container, comma-separated.</param>
/// <param name="VideoIndex">Index of the video stream in the file.</param>
/// <param name="Codec">Codec name of the video stream.</param>
/// <param name="Width">Stored pixels a row, before any rotation.</param>
/// <param name="Height">Stored rows.</param>
/// <param name="PixelFormat">ffmpeg's pixel format name.</param>
/// <param name="Colors">Matrix, range, primaries and transfer.</param>
/// <param name="SampleAspect">Pixel aspect ratio as "num:den"; null where the file does not say.</param>
/// <param name="Rotation">Degrees that a player turns the picture by, counter-clockwise, from the display matrix; 0 without one.</param>
/// <param name="DisplayMatrix">The nine numbers behind <paramref name="Rotation"/> as the container stores them; null without one.</param>
/// <param name="TimeBase">The unit of the stream's time stamps.</param>
/// <param name="StartPts">The first time stamp.</param>
/// <param name="DurationTicks">The stream's duration in units of the time base; null where unknown.</param>
/// <param name="FrameRate">Average frames a second as a fraction.</param>
/// <param name="FrameCount">Frames by the container's own count; null where it keeps none.</param>
/// <param name="StartSeconds">The first time stamp of the whole file.</param>
/// <param name="Seconds">Duration of the whole file; null where unknown.</param>
/// <param name="Streams">All streams.</param>
public sealed record MediaInfo(
    string Path,
    string Container,
    int VideoIndex,
    string Codec,
    int Width,
    int Height,
    string PixelFormat,
    ColorTags Colors,
    string? SampleAspect,
    int Rotation,
    IReadOnlyList<int>? DisplayMatrix,
    TimeBase TimeBase,
    long StartPts,
    long? DurationTicks,
    (int Numerator, int Denominator) FrameRate,
    long? FrameCount,
    double StartSeconds,
    double? Seconds,
    IReadOnlyList<MediaStreamInfo> Streams)
{
    /// <summary>The streams of one kind, in the order of the file.</summary>
    public IEnumerable<MediaStreamInfo> OfKind(string kind) => Streams.Where(stream => stream.Kind == kind);

    /// <summary>What a frame slot has to know.</summary>
    public FrameFormat FrameFormat => new(Width, Height, TimeBase, (double)FrameRate.Numerator / FrameRate.Denominator, FrameCount ?? EstimatedFrames);

    private long? EstimatedFrames => Seconds is { } seconds ? Math.Max(1, (long)Math.Round(seconds * FrameRate.Numerator / FrameRate.Denominator)) : null;
}
