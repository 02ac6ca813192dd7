namespace Realtime.Filter.Telemetry;

/// <summary>Counts frames that were left out on purpose. Whoever drops one says why.</summary>
public interface IDropCounter
{
    /// <summary>Frames were dropped. Safe to call from any thread.</summary>
    /// <param name="cause">A short constant ("queue full", "late"), the value of a label: never text that differs from frame to frame.</param>
    /// <param name="frames">How many, at least 1.</param>
    void Dropped(string cause, long frames = 1);
}
