using FFMpegCore;
using FFMpegCore.Arguments;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>
/// y4m on standard output. y4m has neither time stamps nor a matrix: the frames are evenly spaced at the source's nominal rate, in the source's
/// pixel format where y4m knows it, BT.601 below 720 lines and BT.709 else unless the source has tags.
/// </summary>
public sealed class Y4mSink : IFrameSink
{
    private static readonly string[] PixelFormatsOfY4m =
        ["gray", "yuv411p", "yuv420p", "yuv422p", "yuv444p", "yuvj420p", "yuvj422p", "yuvj444p", "yuv420p10le", "yuv422p10le", "yuv444p10le"];

    private readonly EncoderProcess converter;
    private long frames;

    /// <summary>Starts the converter, which writes straight to this process's standard output.</summary>
    /// <exception cref="UserErrorException">It ended at once.</exception>
    public Y4mSink(IFrameSource source)
        : this(source, "pipe:1")
    {
    }

    internal Y4mSink(IFrameSource source, string target)
    {
        ArgumentNullException.ThrowIfNull(source);
        MediaInfo? origin = (source as FFmpegSource)?.Media;
        FrameFormat format = source.Format;
        string pixelFormat = PixelFormats.Choose(origin?.PixelFormat, PixelFormatsOfY4m, format.Width, format.Height);
        string filter = (origin?.Colors ?? ColorTags.ForNewVideo(format.Height)).FromRgbFilter(pixelFormat, format.Height);
        string arguments = FFMpegArguments
            .FromFileInput("pipe:0", false, input => input.WithCustomArgument($"{LocalFile.Pipe} -f nut"))
            .WithGlobalOptions(global => global.WithVerbosityLevel(VerbosityLevel.Error))
            .OutputToFile(FFmpegTool.Escape(target), true, output => output
                // "-strict -1": the 10-bit formats are an extension of y4m.
                .WithCustomArgument($"-vf \"{filter}\" {FFmpegTool.Passthrough} -strict -1")
                .ForceFormat("yuv4mpegpipe"))
            .Arguments;
        converter = new EncoderProcess(Name, arguments, format, origin?.FrameRate ?? FrameRates.ToFraction(format.FrameRate));
    }

    /// <inheritdoc/>
    public string Name => "-";

    /// <inheritdoc/>
    /// <remarks>The time stamps of y4m only have to grow.</remarks>
    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        converter.Write(frames++, pixels, cancellation);
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellation) => converter.Complete(cancellation);

    /// <inheritdoc/>
    public void Dispose() => converter.Dispose();
}
