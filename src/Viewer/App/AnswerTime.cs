using System.Diagnostics;
using Realtime.Filter.Graph;

namespace Realtime.Viewer.App;

/// <summary>
/// How long the window takes to answer: from the event of a key or the mouse to the present of the first picture painted after it. Of
/// several events before one picture the first counts. Used from the window's thread.
/// </summary>
internal sealed class AnswerTime
{
    private readonly StageStatistics times = new("answer");
    private long asked;

    /// <summary>Answers so far.</summary>
    public long Count => times.Count;

    /// <summary>The nearest-rank percentile of the last answers, milliseconds; 0 before the first.</summary>
    public double Percentile(double percent) => times.Percentile(percent);

    /// <summary>The user did something.</summary>
    public void Asked()
    {
        if (asked == 0)
            asked = Stopwatch.GetTimestamp();
    }

    /// <summary>A picture is on its way to the screen that was painted after all that was asked.</summary>
    public void Answered()
    {
        if (asked != 0)
            times.Record(Stopwatch.GetTimestamp() - asked);
        asked = 0;
    }
}
