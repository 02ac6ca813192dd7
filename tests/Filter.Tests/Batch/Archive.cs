using Realtime.Filter.Batch;
using Realtime.Filter.Commands;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Tests.Purifiers;
using Realtime.Filter.Tests.Video;
using Realtime.Filter.Video;

namespace Realtime.Filter.Tests.Batch;

/// <summary>A folder of tiny clips, and runs of batch over it.</summary>
internal sealed class Archive : IDisposable
{
    private readonly Clips clips = new();
    private int reports;

    public Archive()
    {
        Directory.CreateDirectory(Input);
    }

    public TinyModels Models { get; } = new();

    public string Input => clips.PathOf("in");

    public string Output => clips.PathOf("out");

    public string Inside(string name) => Path.Combine(Input, name);

    public string Outside(string name) => Path.Combine(Output, name);

    public string Beside(string name) => clips.PathOf(name);

    public string Clip(string name, int frames = 12, string options = "-pix_fmt yuv420p")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Inside(name))!);
        return clips.Make($"in/{name}", $"-f lavfi -i testsrc2=s=64x64:r=25 {options} -frames:v {frames} {{out}}");
    }

    /// <summary>Runs in this process.</summary>
    public (ExitCode ExitCode, IReadOnlyList<FileRecord> Files) Run(Func<BatchSettings, BatchSettings>? change = null)
    {
        BatchSettings settings = Settings() with { Report = Beside($"report{reports++}.jsonl") };
        ExitCode code = new BatchRun(change?.Invoke(settings) ?? settings).Execute(default);
        return (code, Report(settings.Report!));
    }

    public BatchSettings Settings() => new()
    {
        Input = Input,
        Output = Output,
        SegmentFrames = 5,
        Model = Models.Identity(),
        Overlap = 4,
        Device = DeviceChoice.Cpu,
        Precision = Precision.Float32,
        Threads = 1,
        Progress = ProgressMode.None,
        LogLevel = LogLevel.Error,
        Source = SourceOptions.Default,
        Sink = SinkOptions.Default,
    };

    /// <summary>The files of a report; the totals at its end are left out.</summary>
    public static IReadOnlyList<FileRecord> Report(string path) =>
        [.. File.ReadLines(path).Where(line => !line.StartsWith("{\"totals\"", StringComparison.Ordinal)).Select(line => BatchJson.TryRead<FileRecord>(line)!)];

    /// <summary>All files of a folder by name, with their bytes; nothing hidden.</summary>
    public static Dictionary<string, byte[]> Contents(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/.", StringComparison.Ordinal))
        .ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes);

    /// <summary>What is left of claims and unfinished work.</summary>
    public string[] Leftovers() =>
    [
        .. Directory.GetFileSystemEntries(Outside(".realtime/claims"), "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }),
        .. Directory.GetFileSystemEntries(Outside(".realtime/work")),
    ];

    public void Dispose()
    {
        clips.Dispose();
        Models.Dispose();
    }
}
