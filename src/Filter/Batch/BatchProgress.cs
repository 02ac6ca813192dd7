using System.Globalization;
using Realtime.Filter.Commands;

namespace Realtime.Filter.Batch;

/// <summary>Shows on stderr how far a batch is, twice a second and once at the end. It reads only.</summary>
internal sealed class BatchProgress : IDisposable
{
    private readonly IReadOnlyList<BatchItem> items;
    private readonly BatchQueue queue;
    private readonly IReadOnlyList<JobProgress> jobs;
    private readonly bool json;
    private readonly ProgressLine shown;

    public BatchProgress(IReadOnlyList<BatchItem> items, BatchQueue queue, IReadOnlyList<JobProgress> jobs, ProgressMode mode)
    {
        this.items = items;
        this.queue = queue;
        this.jobs = jobs;
        json = mode == ProgressMode.Json;
        shown = new ProgressLine(Line, mode);
    }

    /// <inheritdoc/>
    public void Dispose() => shown.Dispose();

    /// <summary>Now, as one line.</summary>
    /// <param name="elapsed">Since the begin.</param>
    internal string Line(TimeSpan elapsed)
    {
        IReadOnlyList<(BatchItem Item, FileRecord Record)> settled = queue.Settled;
        int failed = settled.Count(file => file.Record.State == FileState.Failed);
        JobState[] now = [.. jobs.Select(job => job.Read()).OfType<JobState>()];

        // Bytes stand for work: nobody opened the files to come. What was skipped or done elsewhere says nothing about the speed here.
        double all = items.Sum(item => (double)item.Bytes);
        double current = now.Sum(job => job.Bytes);
        double finished = settled.Sum(file => (double)file.Item.Bytes) + current;
        double worked = settled.Where(file => file.Record is { IsOthers: false, State: FileState.Done }).Sum(file => (double)file.Item.Bytes) + current;
        double? left = worked > 0 ? elapsed.TotalSeconds * (all - finished) / worked : null;
        return json ? Json(settled.Count, failed, finished, all, left, now) : Text(settled.Count, failed, finished, all, left, now);
    }

    private string Json(int settled, int failed, double finished, double all, double? left, JobState[] now) => BatchJson.Write(new
    {
        Settled = settled,
        Files = items.Count,
        Failed = failed,
        Bytes = (long)finished,
        BytesOfAll = (long)all,
        SecondsLeft = left is double seconds ? Math.Round(seconds, 1) : (double?)null,
        Now = now.Select(job => new { Input = job.Item.Name, job.Frame, job.Frames, job.Step }),
    });

    private string Text(int settled, int failed, double finished, double all, double? left, JobState[] now)
    {
        string bad = failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {failed} failed") : "";
        string share = string.Create(CultureInfo.InvariantCulture, $", {(all > 0 ? 100 * finished / all : 100):0} % of {DiskSpace.Text(all)}");
        string time = left is double seconds ? $", {Duration(seconds)} left" : "";
        string files = string.Join("; ", now.Select(job => $"{Path.GetFileName(job.Item.Name)} {(job.Step.Length > 0 ? job.Step : string.Create(CultureInfo.InvariantCulture, $"{job.Frame}/{job.Frames}"))}"));
        return string.Create(CultureInfo.InvariantCulture, $"file {settled}/{items.Count}{bad}{share}{time}{(files.Length > 0 ? "; " : "")}{files}");
    }

    // A batch may take days: hours are not cut off at 24.
    private static string Duration(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(Math.Ceiling(seconds));
        return string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
    }
}
