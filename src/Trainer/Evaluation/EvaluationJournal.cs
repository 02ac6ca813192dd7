using System.Text;
using System.Text.Json;
using Realtime.Filter.Errors;

namespace Realtime.Trainer.Evaluation;

/// <summary>
/// What an evaluation has measured so far, in a file: a first line with its settings, then a line for every batch of every unit, each
/// appended whole. A line that a kill cut off is dropped when the file is opened again. Thread-safe.
/// </summary>
public sealed class EvaluationJournal : IDisposable
{
    /// <summary>Its name in the folder.</summary>
    public const string FileName = "journal.jsonl";

    private readonly object gate = new();
    private readonly FileStream file;
    private readonly Dictionary<(string Unit, int Batch), BatchMeasurement> known = [];

    private EvaluationJournal(FileStream file) => this.file = file;

    /// <summary>Everything measured so far, in the order of <paramref name="units"/> and batches, whatever the order of measuring.</summary>
    public IReadOnlyList<BatchMeasurement> InOrder(IReadOnlyList<string> units)
    {
        lock (gate)
            return [.. units.SelectMany(unit => known.Values.Where(m => m.Unit == unit).OrderBy(m => m.Batch))];
    }

    /// <summary>Opens or begins the journal of <paramref name="folder"/>.</summary>
    /// <param name="folder">Made if missing.</param>
    /// <param name="settings">By flag; also what was read, by name.</param>
    /// <exception cref="UserErrorException">Other settings (usage), or the folder cannot be written.</exception>
    public static EvaluationJournal Open(string folder, IReadOnlyDictionary<string, string> settings)
    {
        string path = Path.Combine(folder, FileName);
        FileStream file;
        try
        {
            Directory.CreateDirectory(folder);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ExitCode.Failed, $"{path}: cannot be opened: {error.Message} Is another evaluation writing there, or is the folder read-only? Give another one with -o.", error);
        }

        EvaluationJournal journal = new(file);
        try
        {
            journal.Read(path, settings);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>What a unit measured on a batch; null where it has not yet.</summary>
    public BatchMeasurement? Find(string unit, int batch)
    {
        lock (gate)
            return known.GetValueOrDefault((unit, batch));
    }

    /// <summary>Adds a measurement; it is on the disk when this returns.</summary>
    public void Add(BatchMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        lock (gate)
        {
            Append(measurement);
            known.Add((measurement.Unit, measurement.Batch), measurement);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void Read(string path, IReadOnlyDictionary<string, string> settings)
    {
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        int whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        file.SetLength(whole);
        file.Position = whole;
        string[] lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
        {
            Append(settings);
            return;
        }

        try
        {
            RequireSame(path, JsonSerializer.Deserialize<Dictionary<string, string>>(lines[0])!, settings);
            foreach (BatchMeasurement measurement in lines.Skip(1).Select(line => JsonSerializer.Deserialize<BatchMeasurement>(line)!))
                known.Add((measurement.Unit, measurement.Batch), measurement);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new UserErrorException(ExitCode.Failed, $"{path}: is not a journal of evaluate: {error.Message} Give another folder with -o, or delete this one.", error);
        }
    }

    private static void RequireSame(string path, Dictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        foreach (string name in now.Keys.Union(before.Keys))
        {
            string was = before.GetValueOrDefault(name, "nothing"), wanted = now.GetValueOrDefault(name, "nothing");
            if (was != wanted)
                throw new UserErrorException(ExitCode.Usage, $"{path}: was begun with {name} '{was}', this run has '{wanted}'. Give the same, or another folder with -o.");
        }
    }

    private void Append<T>(T value)
    {
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value) + "\n"));
        file.Flush(flushToDisk: true);
    }
}
