namespace Realtime.Filter.Live;

/// <summary>What a live output is.</summary>
public enum LiveOutputKind
{
    /// <summary>A server or a player that is pushed to.</summary>
    Push,

    /// <summary>A V4L2 output device: v4l2loopback, a virtual camera.</summary>
    Device,

    /// <summary>An HLS playlist and its segments.</summary>
    Hls,

    /// <summary>Files of a fixed length, one after the other.</summary>
    Segments,
}
