namespace FFMpegCore.Arguments;

public class VideoCodecArgument(string codec) : IArgument
{
    public readonly string Codec = codec;

    public string Text => $"-c:v {Codec}";
}
