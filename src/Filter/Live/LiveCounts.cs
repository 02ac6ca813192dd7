using System.Diagnostics;
using System.Globalization;
using Realtime.Filter.Telemetry;

namespace Realtime.Filter.Live;

/// <summary>
/// What became of every frame of a live run. After a run that ended by itself, <see cref="In"/> is <see cref="Out"/> plus all drops. Safe to use from several threads.
/// </summary>
public sealed class LiveCounts
{
    private static readonly string[] Names = [.. Enum.GetNames<DropCause>().Select(name => name.ToLowerInvariant())];

    private readonly FrameDrops drops;
    private long framesIn;
    private long framesOut;
    private long sourceReconnects;
    private long sinkReconnects;
    private long lastDelay;
    private long totalDelay;
    private long longestDelay;

    /// <summary>Begins at nothing.</summary>
    /// <param name="drops">Where drops are counted, for whoever else looks at them; null for one of its own.</param>
    public LiveCounts(FrameDrops? drops = null) => this.drops = drops ?? new FrameDrops();

    /// <summary>The sound beside the frames; null without any.</summary>
    public Video.SoundTrack? Sound { get; set; }

    /// <summary>Frames captured.</summary>
    public long In => Interlocked.Read(ref framesIn);

    /// <summary>Frames that the output took.</summary>
    public long Out => Interlocked.Read(ref framesOut);

    /// <summary>Times that the source came back.</summary>
    public long SourceReconnects => Interlocked.Read(ref sourceReconnects);

    /// <summary>Times that the output was opened anew.</summary>
    public long SinkReconnects => Interlocked.Read(ref sinkReconnects);

    /// <summary>Frames dropped, of any cause.</summary>
    public long AllDropped => drops.Total;

    /// <summary>
    /// From a frame's arrival to its being handed to the output, the newest frame; an estimate of glass to glass that knows neither
    /// the camera's and the network's part nor the player's.
    /// </summary>
    public TimeSpan LastDelay => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref lastDelay));

    /// <summary>The same, averaged over all frames.</summary>
    public TimeSpan MeanDelay => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref totalDelay) / Math.Max(1, Out));

    /// <summary>The same, the longest.</summary>
    public TimeSpan LongestDelay => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref longestDelay));

    /// <summary>Frames dropped for <paramref name="cause"/>.</summary>
    public long Dropped(DropCause cause) => drops.Of(Names[(int)cause]);

    /// <summary>Counts a captured frame.</summary>
    public void AddIn() => Interlocked.Increment(ref framesIn);

    /// <summary>Counts a dropped frame.</summary>
    public void AddDropped(DropCause cause) => drops.Dropped(Names[(int)cause]);

    /// <summary>Counts a written frame.</summary>
    /// <param name="delay">Since its arrival, in ticks of <see cref="Stopwatch"/>. Called from one thread at a time.</param>
    public void AddOut(long delay)
    {
        Interlocked.Exchange(ref lastDelay, delay);
        Interlocked.Add(ref totalDelay, delay);
        if (delay > Interlocked.Read(ref longestDelay))
            Interlocked.Exchange(ref longestDelay, delay);
        Interlocked.Increment(ref framesOut);
    }

    /// <summary>Counts a return of the source.</summary>
    public void AddSourceReconnect() => Interlocked.Increment(ref sourceReconnects);

    /// <summary>Counts a return of the output.</summary>
    public void AddSinkReconnect() => Interlocked.Increment(ref sinkReconnects);

    /// <summary>"in 100, out 90, dropped 10 (queue 9, late 1, sink 0), reconnects 1+0, glass to glass 45 ms (mean 50, longest 80)".</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"in {In}, out {Out}, dropped {AllDropped} (queue {Dropped(DropCause.Queue)}, late {Dropped(DropCause.Late)}, sink {Dropped(DropCause.Sink)}), reconnects {SourceReconnects} of the source, {SinkReconnects} of the output, glass to glass {LastDelay.TotalMilliseconds:0} ms (mean {MeanDelay.TotalMilliseconds:0}, longest {LongestDelay.TotalMilliseconds:0}){(Sound is null ? "" : $", sound lost {Sound.Lost.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s")}");
}
