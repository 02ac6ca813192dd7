using System.Globalization;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Live;

/// <summary>How live inputs and outputs are handled.</summary>
public sealed record LiveOptions
{
    /// <summary>The usual settings.</summary>
    public static LiveOptions Default { get; } = new();

    /// <summary>What is dropped; null is <see cref="LatencyPolicy.Balanced"/> for a live input and <see cref="LatencyPolicy.Smooth"/> for others.</summary>
    public LatencyPolicy? Policy { get; init; }

    /// <summary>The delay that <see cref="LatencyPolicy.Balanced"/> aims at, from arrival to output.</summary>
    public TimeSpan LatencyTarget { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long no frame may come, or none be taken, before the ffmpeg child behind it is replaced.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan ReconnectMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to try before giving up; null is for ever, zero takes the end of a source for the end of the run.</summary>
    public TimeSpan? ReconnectFor { get; init; }

    /// <summary>Whether RTSP sends and brings its pictures over UDP rather than within its TCP connection.</summary>
    public bool RtspOverUdp { get; init; }

    /// <summary>Whether the sound of a live input goes on to the output.</summary>
    public bool WithSound { get; init; } = true;

    /// <summary>ffmpeg's name of a camera's pixel or stream format (mjpeg, yuyv422, ...); null is the camera's choice.</summary>
    public string? CameraFormat { get; init; }

    /// <summary>A camera's picture size, "1280x720"; null is the camera's choice.</summary>
    public string? CameraSize { get; init; }

    /// <summary>A camera's frames a second; null is the camera's choice.</summary>
    public double? CameraRate { get; init; }

    /// <summary>What a camera was asked for and does not give: a driver takes what comes nearest, without a word. Null where it gives all of it.</summary>
    internal string? NotGranted(FrameFormat given)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{given.Width}x{given.Height}");
        List<string> differences = [];
        if (CameraSize is { } wanted && wanted != size)
            differences.Add($"--input-size {wanted} is {size} with it");
        if (CameraRate is { } rate && Math.Abs(given.FrameRate - rate) > 0.01 * rate)
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"--input-rate {rate:0.##} is {given.FrameRate:0.##} with it"));
        return differences.Count == 0 ? null : string.Join(", ", differences);
    }

    /// <summary>Seconds of a segment, of HLS or of <c>--segment-time</c>; null is 2 for HLS and one endless file elsewhere.</summary>
    public double? SegmentSeconds { get; init; }
}
