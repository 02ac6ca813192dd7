using Realtime.Filter.Errors;
using Realtime.Filter.Video;

namespace Realtime.Filter.Live;

/// <summary>
/// Gives files of a fixed length their names when they are whole. The child writes each under a temporary name and, when it has closed it, names it on its standard error: the
/// pipe that brings its errors too, so that a file is never named before what went wrong with it.
/// </summary>
/// <param name="pattern">The full path with the place of the number.</param>
internal sealed class SegmentFiles(string pattern)
{
    private readonly string folder = Path.GetDirectoryName(pattern)!;
    private bool hasWriteError;
    private volatile Exception? failure;

    /// <summary>The options of ffmpeg's segment muxer that make the child name its files.</summary>
    public static string Options => "-segment_list pipe:2 -segment_list_type flat";

    /// <summary>Takes a line of the child's standard error.</summary>
    /// <returns>Whether it names a file.</returns>
    public bool Hear(string line)
    {
        hasWriteError |= FFmpegResult.IsWriteError(line);
        if (SegmentNames.FinalOf(line.Trim(), pattern) is not { } name)
            return false;
        if (!hasWriteError)
            Rename(line.Trim(), name);
        return true;
    }

    /// <summary>Says what could not be named.</summary>
    /// <exception cref="UserErrorException">A file did not get its name.</exception>
    public void ThrowIfFailed()
    {
        if (failure is { } error)
            throw new UserErrorException(ExitCode.Failed, $"'{pattern}': a file that is whole could not get its name: {error.Message}", error);
    }

    private void Rename(string temporary, string name)
    {
        try
        {
            File.Move(Path.Combine(folder, temporary), Path.Combine(folder, name), overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            failure ??= error;
        }
    }
}
