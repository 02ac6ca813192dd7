using FFMpegCore.Arguments;

namespace FFMpegCore;

/// <summary>Collects the command line of one ffmpeg run: global options, inputs, output, in the order of the calls.</summary>
public sealed class FFMpegArguments : FFMpegArgumentsBase
{
    private readonly FFMpegGlobalArguments globalArguments = new();

    private FFMpegArguments()
    {
    }

    public string Text => string.Join(" ", globalArguments.Arguments.Concat(Arguments).Select(argument => argument.Text));

    public static FFMpegArguments FromFileInput(string filePath, bool verifyExists = true, Action<FFMpegArgumentOptions>? addArguments = null) =>
        new FFMpegArguments().WithInput(new InputArgument(verifyExists, filePath), addArguments);

    public FFMpegArguments AddFileInput(string filePath, bool verifyExists = true, Action<FFMpegArgumentOptions>? addArguments = null) =>
        WithInput(new InputArgument(verifyExists, filePath), addArguments);

    public FFMpegArguments WithGlobalOptions(Action<FFMpegGlobalArguments> configureOptions)
    {
        configureOptions(globalArguments);
        return this;
    }

    public FFMpegArgumentProcessor OutputToFile(string file, bool overwrite = true, Action<FFMpegArgumentOptions>? addArguments = null)
    {
        FFMpegArgumentOptions options = new();
        addArguments?.Invoke(options);
        Arguments.AddRange(options.Arguments);
        Arguments.Add(new OutputArgument(file, overwrite));
        return new FFMpegArgumentProcessor(this);
    }

    private FFMpegArguments WithInput(IInputArgument input, Action<FFMpegArgumentOptions>? addArguments)
    {
        FFMpegArgumentOptions options = new();
        addArguments?.Invoke(options);
        Arguments.AddRange(options.Arguments);
        Arguments.Add(input);
        return this;
    }
}
