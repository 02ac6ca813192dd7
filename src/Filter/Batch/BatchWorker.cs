using System.Diagnostics;
using Realtime.Filter.Errors;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Video;

namespace Realtime.Filter.Batch;

/// <summary>One job: claims a file, does it, records what became of it, releases it. It borrows the purifier.</summary>
internal sealed class BatchWorker(BatchSettings settings, string settingsHash, BatchFolder folder, FileRecords records, ITilePurifier purifier, JobProgress progress)
{
    // A signal reaches ffmpeg and this process in any order; what broke within this time of it broke because of it.
    private static readonly TimeSpan SignalDelay = TimeSpan.FromMilliseconds(300);

    /// <summary>Does a file, or finds that nothing is to be done.</summary>
    /// <returns>What became of it; null where another worker holds it, or has taken it over.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled. Finished segments stay, the claim is released.</exception>
    public FileRecord? Handle(BatchItem item, CancellationToken cancellation)
    {
        if (!File.Exists(item.Path))
            return Failed(item, ExitCode.Failed, $"'{item.Path}' does not exist.");
        WorkerIdentity identity = WorkerIdentity.New();
        using FileClaim? claim = FileClaim.TryTake(folder.Claims, item.Key, identity, settings.StaleAfter);
        if (claim is null)
            return null;
        if (records.SettledSinceStart(item, settingsHash) is { } settled)
            return settled with { IsOthers = true };
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, claim.Lost);
        try
        {
            return Work(item, identity, claim, either.Token);
        }
        catch (OperationCanceledException) when (claim.Lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private FileRecord Work(BatchItem item, WorkerIdentity identity, FileClaim claim, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        FileRecord? before = records.Read(item);
        if (before is null && !settings.Overwrite && File.Exists(folder.OutputOf(item)))
            return Failed(item, ExitCode.Usage, $"'{folder.OutputOf(item)}' exists and no batch wrote it; -y replaces it.");

        FileRecord record = new(item.Name, item.OutputName, FileState.Begun) { Settings = settingsHash, Worker = $"{identity} {identity.Token}" };
        try
        {
            progress.Enter("reading");
            (long, DateTime) stamp = Stamp(item);
            record = record with { InputSha256 = Fingerprint.OfFile(item.Path, cancellation) };
            if (IsDone(item, before, record))
                return before! with { State = FileState.Unchanged, Seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds };

            DiskSpace.Require(folder.Output, [item.Bytes], settings.SpaceFactor);
            records.Write(item, record);
            ProcessedFile file = Process(item, record, identity, cancellation);
            if (Stamp(item) != stamp)
                throw new UserErrorException(ExitCode.Failed, "the input was written to in the meantime; run again when it is finished.");
            record = record with
            {
                State = file.Failure is null ? FileState.Done : FileState.Failed,
                ExitCode = file.Failure is null ? ExitCode.Ok : ExitCode.Failed,
                Message = file.Failure,
                Frames = file.Frames,
                ResumedFrames = file.ResumedFrames,
                Unpurified = file.Unpurified,
                OutputSha256 = Fingerprint.OfFile(file.Path, cancellation),
                OutputBytes = new FileInfo(file.Path).Length,
                Seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds,
            };
            claim.Beat();
            cancellation.ThrowIfCancellationRequested();
            folder.Publish(file.Path, item);
            return Settle(item, record);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            if (cancellation.WaitHandle.WaitOne(SignalDelay))
                throw new OperationCanceledException(error.Message, error, cancellation);
            return Settle(item, Failure(item, record, error) with { Seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds });
        }
    }

    private ProcessedFile Process(BatchItem item, FileRecord record, WorkerIdentity identity, CancellationToken cancellation)
    {
        string work = folder.WorkOf(item);
        return item.IsPicture
            ? new PictureFile(item, settings, purifier).Process(work, cancellation)
            : new VideoFile(item, settings, purifier, progress).Process(work, new SegmentHeader(record.InputSha256!, settingsHash, FFmpegTool.Version.ToString()), identity, cancellation);
    }

    private bool IsDone(BatchItem item, FileRecord? before, FileRecord now) =>
        before is { State: FileState.Done } && before.InputSha256 == now.InputSha256 && before.Settings == now.Settings
        && new FileInfo(folder.OutputOf(item)) is { Exists: true } output && output.Length == before.OutputBytes;

    // Whatever goes wrong with one file is told with it, and the others go on.
    private FileRecord Failure(BatchItem item, FileRecord record, Exception error)
    {
        (ExitCode code, string message) = error switch
        {
            UserErrorException user => (user.ExitCode, user.Message),
            RejectedOutputException rejected => (ExitCode.OutputCheckFailed, $"{rejected.Message}. It is kept as '{Keep(item, rejected.Path)}'."),
            _ => (ExitCode.Failed, $"internal error, {error.GetType().Name}: {error.Message}"),
        };
        return record with { State = FileState.Failed, ExitCode = code, Message = message, OutputSha256 = null };
    }

    private string Keep(BatchItem item, string path)
    {
        string kept = Path.ChangeExtension(item.OutputName, ".rejected" + Path.GetExtension(item.OutputName));
        folder.Publish(path, item with { OutputName = kept });
        return kept;
    }

    // Segments stay where they help a next run: where there is no output yet.
    private FileRecord Settle(BatchItem item, FileRecord record)
    {
        records.Write(item, record);
        bool isKept = record.State == FileState.Failed && record.OutputSha256 is null && record.ExitCode != ExitCode.OutputCheckFailed;
        if (!isKept && Directory.Exists(folder.WorkOf(item)))
            Directory.Delete(folder.WorkOf(item), recursive: true);
        return record;
    }

    private static (long, DateTime) Stamp(BatchItem item)
    {
        FileInfo file = new(item.Path);
        return (file.Length, file.LastWriteTimeUtc);
    }

    private static FileRecord Failed(BatchItem item, ExitCode code, string message) =>
        new(item.Name, item.OutputName, FileState.Failed) { ExitCode = code, Message = message };
}
