namespace FFMpegCore.Arguments;

public class CustomArgument(string argument) : IArgument
{
    public readonly string Argument = argument;

    public string Text => Argument ?? string.Empty;
}
