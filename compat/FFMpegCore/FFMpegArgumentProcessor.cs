namespace FFMpegCore;

/// <summary>A finished command line. Only its text is used here: the product runs ffmpeg itself (see FFmpegProcess).</summary>
public class FFMpegArgumentProcessor
{
    private readonly FFMpegArguments ffMpegArguments;

    internal FFMpegArgumentProcessor(FFMpegArguments ffMpegArguments) => this.ffMpegArguments = ffMpegArguments;

    public string Arguments => ffMpegArguments.Text;
}
