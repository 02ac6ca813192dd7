using System.Globalization;

namespace Realtime.Filter.Batch;

/// <summary>Who holds a claim.</summary>
/// <param name="Host">The machine's name, for people.</param>
/// <param name="System">The running system: its boot and its process numbering (a container has its own). Process ids mean something only within one.</param>
/// <param name="Process">The process id.</param>
/// <param name="Started">When it started, in ticks since boot: process ids are used again.</param>
/// <param name="Token">Drawn for each claim, so that no two are alike.</param>
internal sealed record WorkerIdentity(string Host, string System, int Process, long Started, string Token)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";
    private const string ProcessNumbering = "/proc/self/ns/pid";
    private const int StateField = 0;       // of those after the program's name in /proc/PID/stat
    private const int StartedField = 19;

    private static readonly Lazy<string> ThisSystem = new(ReadSystem);

    /// <summary>This process, with a new token.</summary>
    public static WorkerIdentity New() => new(
        Environment.MachineName, ThisSystem.Value, Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0, Guid.NewGuid().ToString("N"));

    /// <summary>Whether the process is known to be gone. False where that cannot be told from here, because it is of another machine.</summary>
    public bool IsKnownDead() => System.Length > 0 && System == ThisSystem.Value && StartOf(Process) != Started;

    /// <summary>Whether the process is known to be there.</summary>
    public bool IsKnownAlive() => System.Length > 0 && System == ThisSystem.Value && StartOf(Process) == Started;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Process}");

    // Empty where the system does not tell; then only heartbeats count.
    private static string ReadSystem() =>
        File.Exists(BootFile) && new FileInfo(ProcessNumbering).LinkTarget is string numbering ? $"{File.ReadAllText(BootFile).Trim()} {numbering}" : "";

    // Null for a process that is gone, or dead and not yet buried by its parent.
    private static long? StartOf(int process)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[StateField] is "Z" or "X" ? null : long.Parse(fields[StartedField], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;   // it ended, perhaps while this was read
        }
    }
}
