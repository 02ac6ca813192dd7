using Realtime.Filter.Graph;

namespace Realtime.Filter.Batch;

/// <summary>What one job is at. Written by the job, read by the display.</summary>
internal sealed class JobProgress
{
    private readonly object gate = new();
    private BatchItem? item;
    private string step = "";
    private FrameGraph? graph;
    private long before;
    private long? total;

    /// <summary>Another file begins; null for none.</summary>
    public void Begin(BatchItem? next)
    {
        lock (gate)
            (item, step, graph, before, total) = (next, "", null, 0, null);
    }

    /// <summary>A step without frames begins.</summary>
    public void Enter(string name)
    {
        lock (gate)
            (step, before, graph) = (name, before + (graph?.FramesDone ?? 0), null);
    }

    /// <summary>Frames are purified from now on.</summary>
    /// <param name="running">Counts them.</param>
    /// <param name="done">Frames of the file that were done before.</param>
    /// <param name="frames">Frames of the file, where known.</param>
    public void Enter(FrameGraph running, long done, long? frames)
    {
        lock (gate)
            (step, graph, before, total) = ("", running, done, frames);
    }

    /// <summary>Now; null between two files.</summary>
    public JobState? Read()
    {
        lock (gate)
        {
            if (item is null)
                return null;
            long frame = before + (graph?.FramesDone ?? 0);
            double share = total is > 0 ? Math.Min(1, (double)frame / total.Value) : 0;
            return new JobState(item, step, frame, total, share * item.Bytes);
        }
    }
}
