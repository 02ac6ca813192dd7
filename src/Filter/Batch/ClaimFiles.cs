using System.Globalization;

namespace Realtime.Filter.Batch;

/// <summary>The claim files of one key: KEY.1.claim, KEY.2.claim and so on.</summary>
internal sealed class ClaimFiles(string folder, string key)
{
    private const string Extension = ".claim";

    /// <summary>The highest generation there is; 0 for none.</summary>
    public int Highest() => Directory.EnumerateFiles(folder, $"{key}.*{Extension}")
        .Select(path => int.TryParse(Path.GetFileName(path)[(key.Length + 1)..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)
        .DefaultIfEmpty(0)
        .Max();

    /// <summary>Creates a generation with its text.</summary>
    /// <returns>False where it exists: somebody was faster. The file system decides, for all machines.</returns>
    public bool TryCreate(int generation, string text)
    {
        try
        {
            using FileStream file = new(PathOf(generation), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
            using StreamWriter writer = new(file);
            writer.Write(text);
            return true;
        }
        catch (IOException) when (File.Exists(PathOf(generation)))
        {
            return false;
        }
    }

    /// <summary>Renews a generation's text, and with it the time that the file system keeps for it.</summary>
    public void Overwrite(int generation, string text)
    {
        using FileStream file = new(PathOf(generation), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        using StreamWriter writer = new(file);
        writer.Write(text);
    }

    /// <summary>Who holds a generation; null where it is gone or not yet written.</summary>
    public WorkerIdentity? OwnerOf(int generation)
    {
        try
        {
            using FileStream file = new(PathOf(generation), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(file);
            return reader.ReadLine() is string line ? BatchJson.TryRead<WorkerIdentity>(line) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether a generation's worker is gone: by its process on this machine, else by its heartbeat.</summary>
    public bool IsDead(int generation, TimeSpan staleAfter)
    {
        WorkerIdentity? owner = OwnerOf(generation);
        if (owner?.IsKnownDead() == true)
            return true;
        if (owner?.IsKnownAlive() == true || !File.Exists(PathOf(generation)))
            return false;
        return FileSystemNow() - File.GetLastWriteTimeUtc(PathOf(generation)) > staleAfter;
    }

    public void Delete(int generation) => File.Delete(PathOf(generation));

    // Clocks of machines differ; a shared file system stamps everybody's files by one.
    private DateTime FileSystemNow()
    {
        string probe = Path.Combine(folder, $".{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "now");
            return File.GetLastWriteTimeUtc(probe);
        }
        finally
        {
            File.Delete(probe);
        }
    }

    private string PathOf(int generation) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{key}.{generation}{Extension}"));
}
