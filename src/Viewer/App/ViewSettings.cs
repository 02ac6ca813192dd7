using Realtime.Filter.Devices;
using Realtime.Filter.Gpu;
using Realtime.Viewer.Live;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.App;

/// <summary>What <c>view</c> was asked to do, parsed.</summary>
internal sealed record ViewSettings
{
    public required string Input { get; init; }

    public required string Model { get; init; }

    public required DeviceChoice Device { get; init; }

    public required Precision Precision { get; init; }

    public required int Overlap { get; init; }

    public required PaneLayout Layout { get; init; }

    /// <summary>Window pixels.</summary>
    public required (int Width, int Height) Size { get; init; }

    public required bool IsFullscreen { get; init; }

    /// <summary>No window: frames are taken one by one, and the last is drawn off screen.</summary>
    public required bool IsHeadless { get; init; }

    /// <summary>Frames of a headless run.</summary>
    public required long Frames { get; init; }

    /// <summary>Seconds at which to begin.</summary>
    public required double Start { get; init; }

    /// <summary>A label or a table of labels, see <see cref="SourceTruth"/>; null for none.</summary>
    public required string? Labels { get; init; }

    /// <summary>PNG of a headless run; null for none.</summary>
    public required string? Screenshot { get; init; }

    /// <summary>Seconds after which a window closes by itself; infinity for never.</summary>
    public double Duration { get; init; } = double.PositiveInfinity;

    /// <summary>JSON file for the report; null for none.</summary>
    public required string? Report { get; init; }

    /// <summary>Attack, purifier, panes and overlay to begin with.</summary>
    public required ViewState State { get; init; }

    /// <summary>Whether a purifier on the device that draws shares it; null where that device has a queue for the window alone.</summary>
    public bool? SharesDevice { get; init; }

    /// <summary>For the engine. A window's engine runs until it is closed, whatever <see cref="Frames"/> says.</summary>
    public LiveOptions Options(bool isLive, GpuDevice? device = null) => new()
    {
        Overlap = Overlap,
        IsLive = isLive,
        Frames = isLive ? long.MaxValue : Frames,
        Start = Start,
        Labels = Labels,
        Device = device,
    };
}
