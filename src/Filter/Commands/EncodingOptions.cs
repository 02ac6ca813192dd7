using System.CommandLine;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary>The options that say how videos are decoded and encoded, the same in <c>purify</c> and <c>batch</c>.</summary>
internal sealed class EncodingOptions
{
    private readonly Option<string?> codec = new("--codec") { Description = "Video encoder, as ffmpeg names it. Default: by the output's extension.", HelpName = "NAME" };
    private readonly Option<int?> crf = new("--crf") { Description = "Constant quality of the encoder; lower is better.", HelpName = "Q" };
    private readonly Option<string?> pixelFormat = new("--pix-fmt") { Description = "Pixel format of the output. Default: that of the input where the encoder can.", HelpName = "FORMAT" };
    private readonly Option<string[]> encoderOption = new("-e") { Description = "An option for the encoder, key=value; may be repeated.", HelpName = "KEY=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<string?> hwaccel = new("--hwaccel") { Description = "Decode with this hardware interface of ffmpeg (vaapi, cuda, ...).", HelpName = "NAME" };

    public EncodingOptions(Command command)
    {
        encoderOption.RequireKeyAndValue();
        command.Add(codec);
        command.Add(crf);
        command.Add(pixelFormat);
        command.Add(encoderOption);
        command.Add(hwaccel);
    }

    public SourceOptions Source(ParseResult parsed) => new() { HardwareDecoder = parsed.GetValue(hwaccel) };

    public SinkOptions Sink(ParseResult parsed) => new()
    {
        Codec = parsed.GetValue(codec),
        Quality = parsed.GetValue(crf),
        PixelFormat = parsed.GetValue(pixelFormat),
        EncoderOptions = parsed.GetValue(encoderOption)!,
    };
}
