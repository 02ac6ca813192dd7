namespace FFMpegCore;

public class FFOptions : ICloneable
{
    /// <summary>The folder of the ffmpeg and ffprobe binaries; empty where they are on PATH.</summary>
    public string BinaryFolder { get; set; } = string.Empty;

    object ICloneable.Clone() => Clone();

    public FFOptions Clone() => (FFOptions)MemberwiseClone();
}
