namespace FFMpegCore.Arguments;

public class OutputArgument(string path, bool overwrite = true) : IArgument
{
    public readonly bool Overwrite = overwrite;
    public readonly string Path = path;

    public string Text => $"\"{Path}\"{(Overwrite ? " -y" : string.Empty)}";
}
