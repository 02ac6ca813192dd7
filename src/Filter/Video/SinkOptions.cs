namespace Realtime.Filter.Video;

/// <summary>How an output is encoded.</summary>
public sealed record SinkOptions
{
    /// <summary>The usual settings.</summary>
    public static SinkOptions Default { get; } = new();

    /// <summary>ffmpeg's name of the video encoder; null picks one by the file's extension (see <see cref="EncoderDefaults"/>).</summary>
    public string? Codec { get; init; }

    /// <summary>Constant quality, lower is better (libx264: 0..51); null is the encoder's usual value.</summary>
    public int? Quality { get; init; }

    /// <summary>Encode so that decoding gives back every RGB level exactly; needs an extension and codec that can (ffv1, libx264rgb).</summary>
    public bool Lossless { get; init; }

    /// <summary>ffmpeg's name of the pixel format to encode; null keeps the source's where the encoder can.</summary>
    public string? PixelFormat { get; init; }

    /// <summary>AVOptions for the encoder, as "key=value".</summary>
    public IReadOnlyList<string> EncoderOptions { get; init; } = [];

    /// <summary>Whether audio, subtitles, attachments, chapters and metadata are copied from the source.</summary>
    public bool CopyStreams { get; init; } = true;

    /// <summary>The sound of a live input, which is encoded with the pictures; null where there is none.</summary>
    public SoundTrack? Sound { get; init; }

    /// <summary>Whether a Ctrl-C of the terminal leaves the encoder alone, so that the file can be finished.</summary>
    public bool IsFinishedOnSignal { get; init; }
}
