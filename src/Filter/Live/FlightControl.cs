namespace Realtime.Filter.Live;

/// <summary>
/// How many frames may be under way at once, and which frame is too late to begin. More frames use all threads, fewer wait less. The number follows the delay:
/// one less when a frame took longer than the target, one more when the delay is below half of it.
/// </summary>
internal sealed class FlightControl
{
    private const double Smoothing = 0.2;           // of the newest time under way in the average
    private const double RoomBelow = 0.5;

    private readonly LatencyPolicy policy;
    private readonly TimeSpan target;
    private readonly int most;

    /// <summary>Begins with one frame, or two where they may overlap.</summary>
    /// <param name="policy">Not <see cref="LatencyPolicy.Smooth"/>, which controls nothing.</param>
    /// <param name="target">From arrival to output.</param>
    /// <param name="most">The most frames that the graph can hold, at least 2.</param>
    public FlightControl(LatencyPolicy policy, TimeSpan target, int most)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(policy, LatencyPolicy.Smooth);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        this.policy = policy;
        this.target = target;
        this.most = most;
        Limit = policy == LatencyPolicy.Latency ? 1 : 2;
    }

    /// <summary>Frames that may be under way, at least 1.</summary>
    public int Limit { get; private set; }

    /// <summary>The time that a frame takes from the begin of its way to the output, smoothed.</summary>
    public TimeSpan UnderWay { get; private set; }

    /// <summary>Takes in a frame that has arrived.</summary>
    /// <param name="delay">Since it was captured.</param>
    /// <param name="underWay">Since it began its way.</param>
    public void Record(TimeSpan delay, TimeSpan underWay)
    {
        UnderWay = UnderWay == TimeSpan.Zero ? underWay : UnderWay + (Smoothing * (underWay - UnderWay));
        if (policy == LatencyPolicy.Latency)
            return;
        if (delay > target)
            Limit = Math.Max(1, Limit - 1);
        else if (delay < RoomBelow * target)
            Limit = Math.Min(most, Limit + 1);
    }

    /// <summary>Whether a frame that has waited for <paramref name="age"/> would miss the target.</summary>
    public bool IsLate(TimeSpan age) => policy == LatencyPolicy.Balanced && age + UnderWay > target;
}
