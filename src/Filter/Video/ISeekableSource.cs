namespace Realtime.Filter.Video;

/// <summary>A source that can go to any place: a file, pictures, the solids scene. Streams cannot.</summary>
public interface ISeekableSource : IFrameSource
{
    /// <summary>Time stamp of the first frame, in units of the format's time base; seconds count from it.</summary>
    long FirstPts { get; }

    /// <summary>Seconds from the first frame to the end of the last; null where there is no end, or nobody knows it.</summary>
    double? Duration { get; }

    /// <summary>
    /// Goes to a place: the next frame read is the first one whose time is not before <paramref name="seconds"/>, where half a nominal
    /// frame is forgiven. With a constant rate that is the nearest frame, exactly. Beyond the end there is no next frame. Works at the end too.
    /// </summary>
    /// <param name="seconds">From the first frame; below 0 is the start.</param>
    /// <exception cref="Errors.UserErrorException">The input is gone or cannot be read any more.</exception>
    void Seek(double seconds);
}
