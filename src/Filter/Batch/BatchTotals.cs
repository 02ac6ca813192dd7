using System.Globalization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Batch;

/// <summary>What became of a batch.</summary>
/// <param name="Files">Files in all.</param>
/// <param name="Done">Done here.</param>
/// <param name="DoneByOthers">Done by other workers while this one ran.</param>
/// <param name="Unchanged">Done before.</param>
/// <param name="Failed">Failed, here or with another worker.</param>
/// <param name="Left">Still in the hands of other workers.</param>
/// <param name="Frames">Frames of the files done or failed here.</param>
/// <param name="ResumedFrames">Those among them that earlier runs had finished.</param>
/// <param name="Seconds">From the begin to the end.</param>
internal sealed record BatchTotals(int Files, int Done, int DoneByOthers, int Unchanged, int Failed, int Left, long Frames, long ResumedFrames, double Seconds)
{
    /// <summary>Sums up.</summary>
    public static BatchTotals Of(int files, IReadOnlyList<FileRecord> settled, double seconds)
    {
        FileRecord[] here = [.. settled.Where(record => record is { IsOthers: false, State: FileState.Done or FileState.Failed })];
        return new BatchTotals(
            files,
            here.Count(record => record.State == FileState.Done),
            settled.Count(record => record is { IsOthers: true, State: FileState.Done }),
            settled.Count(record => record.State == FileState.Unchanged),
            settled.Count(record => record.State == FileState.Failed),
            files - settled.Count,
            here.Sum(record => record.Frames),
            here.Sum(record => record.ResumedFrames),
            seconds);
    }

    /// <summary>0 where nothing failed, 1 where everything did, 3 where some did.</summary>
    public ExitCode ExitCode => Failed == 0 ? ExitCode.Ok : Failed == Files ? ExitCode.Failed : ExitCode.Partial;

    /// <summary>"1 file", "2 files".</summary>
    public static string CountOf(int files) => files == 1 ? "1 file" : string.Create(CultureInfo.InvariantCulture, $"{files} files");

    /// <inheritdoc/>
    public override string ToString()
    {
        (string What, int Count)[] parts =
        [
            ("done", Done), ("done by other workers", DoneByOthers), ("unchanged", Unchanged), ("failed", Failed), ("left to other workers", Left),
        ];
        string counts = string.Join(", ", parts.Where(part => part.Count > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.What}")));
        string resumed = ResumedFrames > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({ResumedFrames} by an earlier run)") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{CountOf(Files)}: {counts}; {Frames} frames{resumed} in {Seconds:0.0} s");
    }
}
