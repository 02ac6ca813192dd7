using System.Globalization;
using System.Text;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Batch;

/// <summary>The report of a batch as JSON lines, written while it runs: an object a file, and the totals last. Thread-safe.</summary>
internal sealed class BatchReport : IDisposable
{
    private readonly object gate = new();
    private readonly StreamWriter? writer;

    /// <summary>Begins the file.</summary>
    /// <param name="path">Its name; null writes nothing.</param>
    /// <exception cref="UserErrorException">It cannot be written (usage).</exception>
    public BatchReport(string? path)
    {
        try
        {
            writer = path is null ? null : new StreamWriter(path) { AutoFlush = true };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Usage, $"--report '{path}' cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Adds a file.</summary>
    public void Add(FileRecord record) => Write(record);

    /// <summary>Adds the sum of all.</summary>
    public void Add(BatchTotals totals) => Write(new { Totals = totals });

    /// <inheritdoc/>
    public void Dispose() => writer?.Dispose();

    /// <summary>For people: a line a file that was done or failed, in columns.</summary>
    public static string Table(IReadOnlyList<FileRecord> records)
    {
        FileRecord[] rows = [.. records.Where(record => record.State != FileState.Unchanged)];
        if (rows.Length == 0)
            return "";
        int width = rows.Max(record => record.Input.Length);
        StringBuilder table = new($"{"file".PadRight(width)}  state      frames   seconds\n");
        foreach (FileRecord record in rows)
        {
            string state = record.State == FileState.Done ? record.IsOthers ? "elsewhere" : "done" : "failed";
            table.Append(CultureInfo.InvariantCulture, $"{record.Input.PadRight(width)}  {state,-9}{record.Frames,8}{record.Seconds,10:0.0}{(record.Message is null ? "" : "  ")}{record.Message}\n");
        }

        return table.ToString();
    }

    private void Write<T>(T value)
    {
        lock (gate)
            writer?.WriteLine(BatchJson.Write(value));
    }
}
