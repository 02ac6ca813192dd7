using Realtime.Filter.Devices;

namespace Realtime.Filter.Commands;

/// <summary>What <c>demo</c> was asked to do, parsed.</summary>
internal sealed record DemoSettings
{
    public required double Seconds { get; init; }

    public required ulong Seed { get; init; }

    public required int FramesPerSecond { get; init; }

    public required string Model { get; init; }

    public required string Classifier { get; init; }

    public required int Overlap { get; init; }

    public required DeviceChoice Device { get; init; }

    public required Precision Precision { get; init; }

    public required string Attack { get; init; }

    /// <summary>Radius in units of the pixel range.</summary>
    public required float Epsilon { get; init; }

    public required int? Steps { get; init; }

    /// <summary>Receives demo.mp4 and demo.png.</summary>
    public required string Folder { get; init; }

    public required ProgressMode Progress { get; init; }

    public required LogLevel LogLevel { get; init; }
}
