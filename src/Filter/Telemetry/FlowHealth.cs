using System.Globalization;
using Realtime.Filter.Frames;

namespace Realtime.Filter.Telemetry;

/// <summary>Whether frames flow: the last one went out not longer ago than a limit, or the run is idle by design. Safe to use from several threads.</summary>
/// <param name="limit">The longest time without a frame that is healthy, above zero.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class FlowHealth(TimeSpan limit, TimeProvider clock) : IFrameObserver
{
    private long last = clock.GetTimestamp();   // of the last frame, of the start before it
    private long frames;
    private string? idle;

    /// <summary>A frame went out.</summary>
    public void FrameOut(FrameSlot slot)
    {
        Volatile.Write(ref last, clock.GetTimestamp());
        Volatile.Write(ref frames, frames + 1);
    }

    /// <summary>Says that no frames are to be expected for now, and why ("paused"); null when they are again, from when on the limit counts anew.</summary>
    public void Idle(string? reason)
    {
        Volatile.Write(ref idle, reason);
        Volatile.Write(ref last, clock.GetTimestamp());
    }

    /// <summary>The health of this moment.</summary>
    public HealthReport Check()
    {
        double seconds = clock.GetElapsedTime(Volatile.Read(ref last)).TotalSeconds;
        long count = Volatile.Read(ref frames);
        if (Volatile.Read(ref idle) is string reason)
            return new HealthReport("idle", reason, count, seconds);
        if (seconds <= limit.TotalSeconds)
            return new HealthReport("ok", null, count, seconds);
        string since = count == 0 ? "no frame has come out since the start" : $"no frame came out after {count}";
        return new HealthReport("failing", string.Create(CultureInfo.InvariantCulture, $"{since}, {seconds:0.0} s ago; the limit is {limit.TotalSeconds:0.###} s"), count, seconds);
    }
}
