using Realtime.Filter.Detection;
using Realtime.Filter.Gpu;

namespace Realtime.Viewer.Live;

/// <summary>What stays as it is while the engine runs.</summary>
internal sealed record LiveOptions
{
    /// <summary>Half of what neighbouring tiles share.</summary>
    public required int Overlap { get; init; }

    /// <summary>Plays at the source's speed; false takes every frame, as fast as it goes.</summary>
    public required bool IsLive { get; init; }

    /// <summary>The most frames to take.</summary>
    public long Frames { get; init; } = long.MaxValue;

    /// <summary>Seconds at which to begin; above 0 for a source that can seek.</summary>
    public double Start { get; init; }

    /// <summary>The device that draws, where a purifier on it may leave its frames there; borrowed.</summary>
    public GpuDevice? Device { get; init; }

    /// <summary>The alarm's calibration for the purifier to begin with; null where there is none.</summary>
    public AlarmCalibration? Alarm { get; init; }

    /// <summary>What was given for --labels, see <see cref="SourceTruth"/>; null for nothing.</summary>
    public string? Labels { get; init; }
}
