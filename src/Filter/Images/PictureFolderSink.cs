using System.Globalization;
using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Images;

/// <summary>
/// A folder of pictures: named as those of the source's folder, or frame_000001.png and so on. They are written to a temporary folder next to
/// the final one. A final folder that exists keeps its other files.
/// </summary>
public sealed class PictureFolderSink : IFrameSink
{
    private readonly IReadOnlyList<string>? names;
    private readonly string finalPath;
    private readonly string temporaryPath;
    private int next;

    /// <summary>Makes the temporary folder.</summary>
    /// <param name="path">The final folder.</param>
    /// <param name="source">Gives the pictures' names, where it has some.</param>
    /// <exception cref="UserErrorException">The folder cannot be made.</exception>
    public PictureFolderSink(string path, IFrameSource source)
    {
        Name = path;
        names = (source as PictureSource)?.Files;
        finalPath = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(finalPath))
            throw new UserErrorException(ExitCode.Failed, $"'{path}' is a file; name a folder.");
        temporaryPath = Path.Combine(Path.GetDirectoryName(finalPath)!, $".{Path.GetFileName(finalPath)}.partial");
        try
        {
            if (Directory.Exists(temporaryPath))
                Directory.Delete(temporaryPath, recursive: true);
            Directory.CreateDirectory(temporaryPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"'{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        cancellation.ThrowIfCancellationRequested();
        string name = names is not null ? PictureName(names[next]) : string.Create(CultureInfo.InvariantCulture, $"frame_{next + 1:D6}.png");
        PictureWriter.Write(Path.Combine(temporaryPath, name), Path.Combine(Name, name), slot.Format.Width, slot.Format.Height, pixels);
        next++;
    }

    /// <inheritdoc/>
    public void Complete(CancellationToken cancellation)
    {
        if (!Directory.Exists(finalPath))
        {
            Directory.Move(temporaryPath, finalPath);
            return;
        }

        foreach (string file in Directory.EnumerateFiles(temporaryPath))
            File.Move(file, Path.Combine(finalPath, Path.GetFileName(file)), overwrite: true);
        Directory.Delete(temporaryPath);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(temporaryPath))
            Directory.Delete(temporaryPath, recursive: true);
    }

    // A picture of a kind that is not written becomes a PNG, with its old extension in front so that no two names meet.
    private static string PictureName(string path)
    {
        string name = Path.GetFileName(path);
        return PictureFiles.IsWritable(name) ? name : name + ".png";
    }
}
