namespace FFMpegCore.Arguments;

public class ForcePixelFormat(string format) : IArgument
{
    public string PixelFormat { get; } = format;

    public string Text => $"-pix_fmt {PixelFormat}";
}
