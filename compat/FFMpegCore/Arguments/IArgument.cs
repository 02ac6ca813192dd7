namespace FFMpegCore.Arguments;

public interface IArgument
{
    /// <summary>The words of the command line.</summary>
    string Text { get; }
}
