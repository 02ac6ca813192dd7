using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Commands;

/// <summary>Shows on stderr how far a graph is, twice a second and once at the end. It owns its timer and reads counters only.</summary>
internal sealed class ProgressReporter : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly object gate = new();
    private readonly Func<(long Done, long Unpurified)> counts;
    private readonly long? total;
    private readonly bool json;
    private readonly long begin = Stopwatch.GetTimestamp();
    private readonly Timer? timer;

    public ProgressReporter(FrameGraph graph, long? total, ProgressMode mode)
        : this(() => (graph.FramesDone, graph.FramesUnpurified), total, mode)
    {
    }

    /// <summary>Shows what <paramref name="counts"/> says, which is asked from another thread.</summary>
    public ProgressReporter(Func<(long Done, long Unpurified)> counts, long? total, ProgressMode mode)
    {
        this.counts = counts;
        this.total = total;
        json = mode == ProgressMode.Json;
        if (json || (mode == ProgressMode.Auto && !Console.IsErrorRedirected))
            timer = new Timer(_ => Show(), null, Interval, Interval);
    }

    public void Dispose()
    {
        if (timer is null)
            return;
        timer.Dispose();
        Show();
        if (!json)
            Console.Error.WriteLine();
    }

    /// <summary>One line of progress.</summary>
    /// <param name="frame">Frames done.</param>
    /// <param name="total">Frames to come in all, where known.</param>
    /// <param name="unpurified">Frames passed through marked.</param>
    /// <param name="elapsed">Since the begin.</param>
    /// <param name="json">As JSON rather than as text.</param>
    internal static string Line(long frame, long? total, long unpurified, TimeSpan elapsed, bool json)
    {
        double fps = elapsed > TimeSpan.Zero ? frame / elapsed.TotalSeconds : 0;
        double? left = total is long all && fps > 0 ? Math.Max(0, all - frame) / fps : null;

        // The file path never drops a frame: the graph has no way to. The figure is shown so that it can be relied on.
        if (json)
            return string.Create(CultureInfo.InvariantCulture, $$"""{"frame":{{frame}},"frames":{{Number(total)}},"fps":{{fps:0.##}},"secondsLeft":{{Number(left)}},"dropped":0,"unpurified":{{unpurified}}}""");

        string of = total is long known ? string.Create(CultureInfo.InvariantCulture, $"/{known}") : "";
        string time = left is double seconds ? $", {TimeSpan.FromSeconds(Math.Ceiling(seconds)):h\\:mm\\:ss} left" : "";
        string marked = unpurified > 0 ? string.Create(CultureInfo.InvariantCulture, $", {unpurified} unpurified") : "";
        return string.Create(CultureInfo.InvariantCulture, $"frame {frame}{of}, {fps:0.0} fps{time}, dropped 0{marked}");
    }

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "null";

    private static string Number(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? "null";

    private void Show()
    {
        (long done, long unpurified) = counts();
        string line = Line(done, total, unpurified, Stopwatch.GetElapsedTime(begin), json);
        lock (gate)
            Console.Error.Write(json ? $"{line}\n" : $"\r{line}\u001b[K");
    }
}
