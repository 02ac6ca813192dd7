namespace Realtime.Filter.Live;

/// <summary>What happens to frames that come faster than they can be purified.</summary>
public enum LatencyPolicy
{
    /// <summary>None is dropped: the source waits.</summary>
    Smooth,

    /// <summary>The newest frame is taken, and one at a time is under way.</summary>
    Latency,

    /// <summary>Frames are dropped where they could not be shown within the target.</summary>
    Balanced,
}
