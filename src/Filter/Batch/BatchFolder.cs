using Realtime.Filter.Errors;

namespace Realtime.Filter.Batch;

/// <summary>
/// What a batch keeps beside its outputs, in the hidden folder ".realtime": claims (who works on what), records (what became of it) and work
/// (segments of what is not finished). Workers share nothing else.
/// </summary>
internal sealed class BatchFolder
{
    /// <summary>Makes the folders.</summary>
    /// <param name="output">The output folder; made if missing.</param>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public BatchFolder(string output)
    {
        Output = Path.GetFullPath(output);
        Claims = Path.Combine(Output, ".realtime", "claims");
        Records = Path.Combine(Output, ".realtime", "records");
        Work = Path.Combine(Output, ".realtime", "work");
        try
        {
            foreach (string folder in new[] { Claims, Records, Work })
                Directory.CreateDirectory(folder);
            using FileStream probe = new(Path.Combine(Claims, $".{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"-o '{output}' cannot be written: {error.Message} Name a folder, on a disk that can be written.", error);
        }
    }

    /// <summary>Full path of the output folder.</summary>
    public string Output { get; }

    public string Claims { get; }

    public string Records { get; }

    public string Work { get; }

    /// <summary>Full path of an item's output.</summary>
    public string OutputOf(BatchItem item) => Path.Combine(Output, item.OutputName);

    /// <summary>Full path of an item's own folder for what is not finished.</summary>
    public string WorkOf(BatchItem item) => Path.Combine(Work, item.Key);

    /// <summary>Gives a finished file its final name, with its bytes on the disk before.</summary>
    public void Publish(string file, BatchItem item)
    {
        string final = OutputOf(item);
        Directory.CreateDirectory(Path.GetDirectoryName(final)!);
        Flush(file);
        File.Move(file, final, overwrite: true);
    }

    /// <summary>Waits until the bytes of a file, whoever wrote them, are on the disk.</summary>
    public static void Flush(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
