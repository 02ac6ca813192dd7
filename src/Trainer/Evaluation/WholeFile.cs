using Realtime.Filter.Errors;
using Realtime.Filter.Video;

namespace Realtime.Trainer.Evaluation;

/// <summary>Writes a text file that appears under its name when it is whole.</summary>
internal static class WholeFile
{
    /// <summary>Writes.</summary>
    /// <param name="folder">Exists.</param>
    /// <param name="name">Of the file.</param>
    /// <param name="content">All of it.</param>
    /// <returns>The path.</returns>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public static string Write(string folder, string name, string content)
    {
        string path = Path.Combine(folder, name);
        try
        {
            using PartialFile file = new(path);
            File.WriteAllText(file.TemporaryPath, content);
            file.Complete();
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"'{path}' cannot be written: {error.Message} Make room or give another folder with -o.", error);
        }
    }
}
