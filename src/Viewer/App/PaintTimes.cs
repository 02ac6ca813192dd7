using System.Diagnostics;
using Realtime.Filter.Graph;

namespace Realtime.Viewer.App;

/// <summary>Where the time of a picture goes, on the thread that paints.</summary>
internal sealed class PaintTimes
{
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
        at = now;
    }
}
