namespace Realtime.Filter.Video;

/// <summary>How an input is opened.</summary>
public sealed record SourceOptions
{
    /// <summary>The usual settings.</summary>
    public static SourceOptions Default { get; } = new();

    /// <summary>ffmpeg's name of a hardware decoder interface (vaapi, cuda, auto, ...); null decodes on the CPU.</summary>
    public string? HardwareDecoder { get; init; }
}
