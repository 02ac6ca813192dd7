using System.Diagnostics;

namespace Realtime.Filter.Graph;

/// <summary>Takes the time of one thread of a graph: for its statistics always, for a trace and an observer where there are such.</summary>
/// <param name="statistics">Borrowed.</param>
/// <param name="trace">Borrowed; null for none.</param>
/// <param name="observer">Borrowed; null for none.</param>
internal sealed class StageClock(StageStatistics statistics, FrameTrace? trace, IStageObserver? observer)
{
    private readonly int track = trace?.AddTrack(statistics.Name) ?? 0;

    /// <summary>Counts the time since <paramref name="begin"/> as waiting.</summary>
    /// <param name="what">For what.</param>
    /// <param name="begin">In ticks of <see cref="Stopwatch"/>.</param>
    /// <returns>Now.</returns>
    public long Waited(string what, long begin)
    {
        long end = Stopwatch.GetTimestamp();
        statistics.RecordWait(end - begin);
        trace?.Add(track, what, begin, end);
        return end;
    }

    /// <summary>Counts the time since <paramref name="begin"/> as work on a frame.</summary>
    /// <param name="frame">Its number.</param>
    /// <param name="begin">In ticks of <see cref="Stopwatch"/>.</param>
    /// <returns>Now.</returns>
    public long Worked(long frame, long begin)
    {
        long end = Stopwatch.GetTimestamp();
        statistics.Record(end - begin);
        observer?.Worked(statistics.Name, end - begin);
        trace?.Add(track, statistics.Name, begin, end, "frame", frame);
        return end;
    }
}
