namespace FFMpegCore.Arguments;

public class InputArgument(bool verifyExists, string filePaths) : IInputArgument
{
    public readonly string FilePath = filePaths;
    public readonly bool VerifyExists = verifyExists;

    public string Text => $"-i \"{FilePath}\"";
}
