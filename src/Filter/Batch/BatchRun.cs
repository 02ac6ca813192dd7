using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Realtime.Filter.Commands;
using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;
using Realtime.Filter.Tiles;
using Realtime.Filter.Video;

namespace Realtime.Filter.Batch;

/// <summary>One run of <c>batch</c>: files, purifiers, jobs, report.</summary>
internal sealed class BatchRun(BatchSettings settings)
{
    // How often a worker with nothing else to do looks whether another one has finished or died.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ConsoleLog log = new(settings.LogLevel);

    /// <summary>Runs to the end.</summary>
    /// <returns>See <see cref="BatchTotals.ExitCode"/>.</returns>
    /// <exception cref="InterruptedException">It was stopped; finished files and segments stay.</exception>
    public ExitCode Execute(CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        PurifierFactory.Require(settings.Device);
        string model = ModelCatalog.Resolve(settings.Model);
        IReadOnlyList<BatchItem> items = BatchInputs.Find(settings);
        RequireEncoders(items);
        BatchFolder folder = new(settings.Output);
        string hash = Fingerprint.Of(settings);
        FileRecords records = new(folder, items);
        RequireSpace(folder, items, records, hash);

        using BatchReport report = new(settings.Report);
        BatchQueue queue = new(items);
        List<ITilePurifier> purifiers = [];
        try
        {
            for (int job = 0; job < settings.Jobs; job++)
                purifiers.Add(Open(model));
            Announce(items, purifiers[0]);
            JobProgress[] progress = [.. purifiers.Select(_ => new JobProgress())];
            using (new BatchProgress(items, queue, progress, settings.Progress))
            {
                RunJobs(
                    [.. purifiers.Zip(progress, (purifier, own) => (Action<CancellationToken>)(stop => Work(new BatchWorker(settings, hash, folder, records, purifier, own), queue, own, report, stop)))],
                    cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException($"interrupted; {queue.Settled.Count} of {BatchTotals.CountOf(items.Count)} settled, finished segments are kept: the same command goes on.");
        }
        finally
        {
            purifiers.ForEach(purifier => purifier.Dispose());
        }

        return Conclude(items, queue, report, Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    private ITilePurifier Open(string model)
    {
        int threads = Math.Max(1, (settings.Threads ?? Environment.ProcessorCount) / settings.Jobs);
        ITilePurifier purifier = PurifierFactory.Open(
            model, settings.Device, settings.Precision, threads, log: note => log.Write(LogLevel.Warning, note), figures: note => log.Write(LogLevel.Debug, note));
        if (settings.Overlap <= TileGrid.MaxOverlap(purifier.TileSize))
            return purifier;
        purifier.Dispose();
        throw new UserErrorException(ExitCode.Usage, $"--overlap {settings.Overlap} is too large for tiles of {purifier.TileSize} pixels: at most {TileGrid.MaxOverlap(purifier.TileSize)}.");
    }

    // What no file could be written with is a mistake of the whole run.
    private void RequireEncoders(IReadOnlyList<BatchItem> items)
    {
        foreach (BatchItem item in items.Where(item => !item.IsPicture).DistinctBy(item => Path.GetExtension(item.OutputName)))
            FFmpegTool.PixelFormatsOf(EncoderDefaults.Codec(item.OutputName, settings.Sink));
    }

    private void RequireSpace(BatchFolder folder, IReadOnlyList<BatchItem> items, FileRecords records, string hash) => DiskSpace.Require(
        folder.Output,
        [.. items.Where(item => records.Read(item) is not { State: FileState.Done } record || record.Settings != hash).Select(item => item.Bytes)],
        settings.SpaceFactor);

    private static void RunJobs(IReadOnlyList<Action<CancellationToken>> jobs, CancellationToken cancellation)
    {
        ExceptionDispatchInfo? fault = null;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Thread[] threads = [.. jobs.Select((job, i) => new Thread(() => Guarded(job)) { Name = string.Create(CultureInfo.InvariantCulture, $"realtime job {i + 1}") })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        cancellation.ThrowIfCancellationRequested();
        fault?.Throw();

        void Guarded(Action<CancellationToken> job)
        {
            try
            {
                job(stop.Token);
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref fault, ExceptionDispatchInfo.Capture(error), null);
                stop.Cancel();
            }
        }
    }

    private void Work(BatchWorker worker, BatchQueue queue, JobProgress progress, BatchReport report, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            BatchItem? item = queue.Take();
            progress.Begin(item);
            if (item is null)
            {
                if (!settings.Wait || !queue.HasHeld)
                    return;
                cancellation.WaitHandle.WaitOne(LookAgain);
                queue.LookAgain();
                continue;
            }

            FileRecord? record = worker.Handle(item, cancellation);
            if (record is null)
            {
                queue.PutBack(item);
                continue;
            }

            queue.Settle(item, record);
            report.Add(record);
            if (record.State == FileState.Failed)
                log.Write(LogLevel.Error, $"{record.Input}: {record.Message}");
        }
    }

    private void Announce(IReadOnlyList<BatchItem> items, ITilePurifier purifier) => log.Write(
        LogLevel.Info,
        string.Create(
            CultureInfo.InvariantCulture,
            $"device {DeviceOptions.Describe(settings.Device, settings.Precision)}; model {purifier.Name}; {BatchTotals.CountOf(items.Count)}, {DiskSpace.Text(items.Sum(item => item.Bytes))}; {settings.Jobs} at a time -> {settings.Output}"));

    private ExitCode Conclude(IReadOnlyList<BatchItem> items, BatchQueue queue, BatchReport report, double seconds)
    {
        FileRecord[] settled = [.. queue.Settled.Select(file => file.Record)];
        BatchTotals totals = BatchTotals.Of(items.Count, settled, seconds);
        report.Add(totals);
        Console.Out.Write(BatchReport.Table(settled));
        log.Write(LogLevel.Info, totals.ToString());
        return totals.ExitCode;
    }
}
