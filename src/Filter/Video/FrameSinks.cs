using Realtime.Filter.Errors;
using Realtime.Filter.Graph;
using Realtime.Filter.Images;

namespace Realtime.Filter.Video;

/// <summary>Creates whatever the user wrote after -o.</summary>
public static class FrameSinks
{
    /// <summary>The output that is written nowhere.</summary>
    public const string Nowhere = "none";

    /// <summary>
    /// Creates an output: a video file, a picture (.png, .jpg), a folder of pictures (a name that ends with / or is a folder's, or any name
    /// without extension where the input is such a folder), "-" for y4m on standard output, or
    /// <see cref="Nowhere"/>.
    /// </summary>
    /// <param name="output">The text after -o.</param>
    /// <param name="source">Where the frames come from: gives size, time base, tags, and the streams to copy.</param>
    /// <param name="options">How to encode; null is <see cref="SinkOptions.Default"/>.</param>
    /// <exception cref="UserErrorException">The output cannot be written, or is the input (usage).</exception>
    public static IFrameSink Create(string output, IFrameSource source, SinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(source);
        if (output.Length == 0)
            throw new UserErrorException(ExitCode.Usage, "-o is empty; name a video, a picture, a folder or -");
        if (output == Nowhere)
            return new DiscardSink();
        if (output == "-")
            return CreateStandardOutput(source);
        CheckDistinct(source.Name, output);
        bool isFolder = Path.EndsInDirectorySeparator(output) || Directory.Exists(output)
            || (source is PictureSource { IsFolder: true } && !Path.HasExtension(output));
        if (isFolder)
            return new PictureFolderSink(output, source);
        if (PictureFiles.IsPicture(output))
            return new PictureSink(output);
        return new FFmpegSink(output, source, options ?? SinkOptions.Default);
    }

    /// <summary>Whether an output has room for sound: a video file, rather than pictures, y4m or nothing.</summary>
    internal static bool TakesSound(string output) =>
        output is not (Nowhere or "-") && !Path.EndsInDirectorySeparator(output) && !Directory.Exists(output) && !PictureFiles.IsPicture(output);

    private static Y4mSink CreateStandardOutput(IFrameSource source)
    {
        if (!Console.IsOutputRedirected)
            throw new UserErrorException(ExitCode.Usage, "-o - writes y4m to a pipe, but standard output is the terminal. Try: ./realtime ... -o - | ffplay -");
        return new Y4mSink(source);
    }

    private static void CheckDistinct(string input, string output)
    {
        if (RealPath(input) is { } from && RealPath(output) is { } to && from == to)
            throw new UserErrorException(ExitCode.Usage, $"-i and -o are the same file, '{from}'. Name another output.");
    }

    /// <summary>Follows links of the file and of every folder above it; null where nothing of that name exists.</summary>
    internal static string? RealPath(string path)
    {
        string full = Path.GetFullPath(path);
        FileSystemInfo? item = Directory.Exists(full) ? new DirectoryInfo(full) : File.Exists(full) ? new FileInfo(full) : null;
        if (item is null)
            return null;
        if (item.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            return RealPath(target.FullName);
        string? folder = Path.GetDirectoryName(full);
        return folder is null ? full : Path.Combine(RealPath(folder) ?? folder, Path.GetFileName(full));
    }
}
