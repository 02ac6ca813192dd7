namespace FFMpegCore.Arguments;

public class ForceFormatArgument(string format) : IArgument
{
    public string Text => $"-f {format}";
}
