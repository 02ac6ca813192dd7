using Realtime.Filter.Errors;

namespace Realtime.Filter.Batch;

/// <summary>The records beside the outputs, a file each, replaced as a whole. What stood there at the start tells what happened since.</summary>
internal sealed class FileRecords
{
    private readonly string folder;
    private readonly Dictionary<string, string?> atStart;

    /// <summary>Remembers what the records say now.</summary>
    public FileRecords(BatchFolder folder, IReadOnlyList<BatchItem> items)
    {
        this.folder = folder.Records;
        atStart = items.ToDictionary(item => item.Key, item => Text(item));
    }

    /// <summary>The record of an item; null where there is none that can be read.</summary>
    public FileRecord? Read(BatchItem item) => Text(item) is string text ? BatchJson.TryRead<FileRecord>(text) : null;

    /// <summary>The record of an item if another worker has settled it, with the same settings, since this one started.</summary>
    /// <remarks>No clock tells that, but that the record is another than at the start: every one carries its claim's token.</remarks>
    public FileRecord? SettledSinceStart(BatchItem item, string settings)
    {
        string? text = Text(item);
        if (text is null || text == atStart[item.Key])
            return null;
        return BatchJson.TryRead<FileRecord>(text) is { IsSettled: true } record && record.Settings == settings ? record : null;
    }

    /// <summary>Replaces the record of an item; it is on the disk when this returns.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public void Write(BatchItem item, FileRecord record)
    {
        string temporary = $"{PathOf(item)}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllText(temporary, BatchJson.Write(record) + "\n");
            BatchFolder.Flush(temporary);
            File.Move(temporary, PathOf(item), overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"'{folder}' cannot be written: {error.Message} What is finished is kept; mend that and give the same command again.", error);
        }
    }

    private string? Text(BatchItem item)
    {
        try
        {
            return File.ReadAllText(PathOf(item));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(BatchItem item) => Path.Combine(folder, item.Key + ".json");
}
