using Realtime.Filter.Errors;

namespace Realtime.Filter.Video;

/// <summary>
/// A file that is written under a temporary name next to its final one and renamed when it is whole. Disposing one that was not
/// completed removes it.
/// </summary>
public sealed class PartialFile : IDisposable
{
    private bool completed;

    /// <summary>Checks that the final name can be written.</summary>
    /// <param name="path">The final name; its folder must exist.</param>
    /// <param name="option">Where the user gave it, for messages.</param>
    /// <exception cref="UserErrorException">The folder is missing or not writable, or the name is a folder's.</exception>
    public PartialFile(string path, string option = "-o")
    {
        FinalPath = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(FinalPath)!;
        // The extension stays last, because ffmpeg picks the container by it.
        TemporaryPath = Path.Combine(folder, $".{Path.GetFileNameWithoutExtension(FinalPath)}.partial{Path.GetExtension(FinalPath)}");
        if (Directory.Exists(FinalPath))
            throw new UserErrorException(ExitCode.Failed, $"'{path}' is a folder; name a file after {option}.");
        if (!Directory.Exists(folder))
            throw new UserErrorException(ExitCode.Failed, $"'{path}' cannot be written: the folder '{folder}' does not exist.");
        try
        {
            using FileStream probe = File.Create(TemporaryPath);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new UserErrorException(ExitCode.Failed, $"'{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <summary>The full final path.</summary>
    public string FinalPath { get; }

    /// <summary>The full path to write to.</summary>
    public string TemporaryPath { get; }

    /// <summary>Gives the file its final name, replacing an older one.</summary>
    public void Complete()
    {
        File.Move(TemporaryPath, FinalPath, overwrite: true);
        completed = true;
    }

    /// <summary>Keeps the file under a name that nobody takes for the finished one.</summary>
    /// <returns>That name.</returns>
    public string Reject()
    {
        string rejected = Path.ChangeExtension(FinalPath, ".rejected" + Path.GetExtension(FinalPath));
        File.Move(TemporaryPath, rejected, overwrite: true);
        completed = true;
        return rejected;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!completed)
            File.Delete(TemporaryPath);
    }
}
