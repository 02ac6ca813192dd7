namespace FFMpegCore.Arguments;

public interface IInputArgument : IArgument
{
}
