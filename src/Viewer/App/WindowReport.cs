using System.Diagnostics;
using Realtime.Filter.Graph;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.App;

/// <summary>The report of a run in a window: how fast it painted and answered, and its memory every ten seconds.</summary>
internal sealed class WindowReport(WindowSession session)
{
    private const double MemoryEvery = 10;      // seconds

    private readonly long begin = Stopwatch.GetTimestamp();
    private readonly List<MemorySample> memory = [];

    /// <summary>Seconds since the window was opened.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(begin).TotalSeconds;

    /// <summary>Looks at the memory where it is time; to be called with every turn.</summary>
    public void Look()
    {
        if (Seconds >= memory.Count * MemoryEvery)
            memory.Add(new MemorySample(Math.Round(Seconds, 1), Megabytes(Environment.WorkingSet), Megabytes(GC.GetTotalMemory(forceFullCollection: false))));
    }

    /// <summary>The report; times in milliseconds.</summary>
    public string ToJson()
    {
        ViewState state = session.Engine.State;
        WindowPainter painter = session.Painter;
        AnswerTime answers = session.Actions.Answers;
        double seconds = Seconds;
        return HeadlessReport.ToText(new
        {
            source = state.Source,
            model = state.Model,
            device = state.Device,
            attack = state.AttackOn ? state.Attack : "off",
            purifier = state.PurifierOn,
            width = session.Shown.Width,
            height = session.Shown.Height,
            seconds,
            pictures = painter.Pictures,
            picturesPerSecond = painter.Pictures / seconds,
            framesShown = painter.FramesShown,
            framesPerSecond = painter.FramesShown / seconds,
            lastFrame = painter.FrameId,
            droppedLate = session.Engine.Dropped,
            unpurified = painter.Unpurified,
            devicesLost = session.Losses,
            answers = answers.Count,
            answerP50 = answers.Percentile(50),
            answerP99 = answers.Percentile(99),
            overlay = Percentiles(painter.Times.Overlay),
            compose = Percentiles(painter.Times.Compose),
            present = Percentiles(painter.Times.Present),
            memory,
        });
    }

    private static object Percentiles(StageStatistics times) => new { p50 = times.Percentile(50), p99 = times.Percentile(99) };

    private static double Megabytes(long bytes) => Math.Round(bytes / 1e6, 1);

    private sealed record MemorySample(double Seconds, double ResidentMegabytes, double ManagedMegabytes);
}
