using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Telemetry;

namespace Realtime.Filter.Events;

/// <summary>Makes events of the frames that go out. Owns the writer.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="choice">Which frames make one.</param>
/// <param name="text">How they are written; owned too.</param>
/// <param name="drops">Tells how many frames were dropped.</param>
/// <param name="clock">Tells the time of day.</param>
internal sealed class EventLog(IEventWriter writer, EventChoice choice, EventText text, FrameDrops drops, TimeProvider clock) : IFrameObserver, IDisposable
{
    private long dropped;   // up to the last event

    public void FrameOut(FrameSlot slot)
    {
        long all = drops.Total;
        if (!choice.Takes(slot, all - dropped))
            return;
        double latency = Stopwatch.GetElapsedTime(slot.DecodedAt).TotalMilliseconds;
        writer.Write(text.Write(slot, clock.GetUtcNow().UtcDateTime, latency, all - dropped));
        dropped = all;
    }

    /// <summary>Ends the writing; the writer's counts can still be read.</summary>
    public void Dispose()
    {
        writer.Dispose();
        text.Dispose();
    }
}
