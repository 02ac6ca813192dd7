using System.Diagnostics;
using Realtime.Filter.Graph;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.App;

/// <summary>Where the time of a picture goes, on the thread that paints.</summary>
internal sealed class PaintTimes
{
    private readonly float[] pictures = new float[LiveStatistics.History];
    private int next;
    private long ticks;
    private long at;

    /// <summary>Drawing text and cards.</summary>
    public StageStatistics Overlay { get; } = new("overlay");

    /// <summary>Copying what changed, and starting the composition.</summary>
    public StageStatistics Compose { get; } = new("compose");

    /// <summary>Waiting for a free image of the window, and showing it.</summary>
    public StageStatistics Present { get; } = new("present");

    /// <summary>What comes now is counted as part of the stage that is done next.</summary>
    public void Begin() => at = Stopwatch.GetTimestamp();

    /// <summary>A part of the picture is done.</summary>
    public void Done(StageStatistics part)
    {
        long now = Stopwatch.GetTimestamp();
        part.Record(now - at);
        ticks += now - at;
        at = now;
    }

    /// <summary>The picture is shown: its parts' sum is its time.</summary>
    public void EndPicture()
    {
        pictures[next] = (float)(ticks * 1000.0 / Stopwatch.Frequency);
        next = (next + 1) % pictures.Length;
        ticks = 0;
    }

    /// <summary>Hands the last pictures' milliseconds to the graphs, the oldest where their ring begins.</summary>
    public void CopyTo(LiveStatistics statistics)
    {
        for (int i = 0; i < pictures.Length; i++)
            statistics.Render[(statistics.HistoryAt + i) % pictures.Length] = pictures[(next + i) % pictures.Length];
    }
}
