namespace FFMpegCore.Arguments;

public class VerbosityLevelArgument(VerbosityLevel verbosityLevel) : IArgument
{
    public string Text => $"{((int)verbosityLevel < 32 ? "-hide_banner " : "")}-loglevel {verbosityLevel.ToString().ToLowerInvariant()}";
}
