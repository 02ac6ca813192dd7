using System.Diagnostics;

namespace Realtime.Filter.Commands;

/// <summary>A line on stderr that is written anew twice a second and once at the end, over itself or, as JSON, below. It owns its timer.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly object gate = new();
    private readonly Func<TimeSpan, string> line;
    private readonly bool json;
    private readonly long begin = Stopwatch.GetTimestamp();
    private readonly Timer? timer;

    /// <summary>Begins, where <paramref name="mode"/> shows anything here.</summary>
    /// <param name="line">Makes the line from the time since the begin; called on another thread.</param>
    /// <param name="mode">When and how to show it.</param>
    public ProgressLine(Func<TimeSpan, string> line, ProgressMode mode)
    {
        this.line = line;
        json = mode == ProgressMode.Json;
        if (json || (mode == ProgressMode.Auto && !Console.IsErrorRedirected))
            timer = new Timer(_ => Show(), null, Interval, Interval);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (timer is null)
            return;
        timer.Dispose();
        Show();
        if (!json)
            Console.Error.WriteLine();
    }

    private void Show()
    {
        string text = line(Stopwatch.GetElapsedTime(begin));
        lock (gate)
            Console.Error.Write(json ? $"{text}\n" : $"\r{text}\u001b[K");
    }
}
