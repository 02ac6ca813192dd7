using Realtime.Filter.Errors;
using Realtime.Filter.Telemetry;

namespace Realtime.Filter.Events;

/// <summary>Appends events to a file, each with one write. A line that was torn, by a full disk, is ended before the next one.</summary>
internal sealed class FileEvents : IEventWriter
{
    private readonly FileStream file;
    private readonly TroubleLog trouble;
    private readonly string again;
    private bool isTorn;

    /// <summary>Opens or makes the file.</summary>
    /// <exception cref="UserErrorException">It cannot be written (usage).</exception>
    public FileEvents(string path, Action<string> warn, TimeProvider? clock = null)
    {
        Name = path;
        again = $"events are written to '{path}' again";
        trouble = new TroubleLog(warn, clock ?? TimeProvider.System);
        try
        {
            // No buffer: what is written is with the system, and a reader sees whole lines.
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserErrorException(ExitCode.Usage, $"--events '{path}' cannot be written: {error.Message}", error);
        }
    }

    public string Name { get; }

    public EventCounts Counts { get; } = new();

    public void Write(ReadOnlySpan<byte> line)
    {
        try
        {
            if (file.CanSeek)
                file.Seek(0, SeekOrigin.End);       // another program may have cut the file: logrotate's copytruncate does
            if (isTorn)
                file.Write("\n"u8);
            isTorn = true;
            file.Write(line);
            isTorn = false;
            Counts.Deliver();
            trouble.Over(again);
        }
        catch (IOException error)
        {
            Counts.Fail();
            Counts.Lose();
            trouble.Report($"an event could not be written to '{Name}': {error.Message}");
        }
    }

    public void Dispose() => file.Dispose();
}
