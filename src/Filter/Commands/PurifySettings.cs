using Realtime.Filter.Devices;
using Realtime.Filter.Frames;
using Realtime.Filter.Live;
using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary>What <c>purify</c> was asked to do, parsed.</summary>
internal sealed record PurifySettings
{
    public required string Input { get; init; }

    /// <summary>Null only where <see cref="Benchmark"/> is set; <see cref="FrameSinks.Nowhere"/> for none.</summary>
    public required string? Output { get; init; }

    /// <summary>What stands behind the purifier; null for nothing.</summary>
    public ClassifierSettings? Classifier { get; init; }

    /// <summary>What others are told.</summary>
    public TelemetrySettings Telemetry { get; init; } = new();

    public required string Model { get; init; }

    public required int Overlap { get; init; }

    public required DeviceChoice Device { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>Cores for inference; null is all of them.</summary>
    public required int? Threads { get; init; }

    /// <summary>Levels that the pixels of a tile may differ by for its purified output to be used again; null purifies every tile.</summary>
    public int? TileTolerance { get; init; } = 0;

    /// <summary>The most frames to process.</summary>
    public required long Frames { get; init; }

    public required bool Overwrite { get; init; }

    public required bool Benchmark { get; init; }

    /// <summary>Where the graph is written; null for nowhere.</summary>
    public string? GraphFile { get; init; }

    /// <summary>Where the trace is written; null for nowhere.</summary>
    public string? TraceFile { get; init; }

    public required ProgressMode Progress { get; init; }

    public required LogLevel LogLevel { get; init; }

    public required SourceOptions Source { get; init; }

    public required SinkOptions Sink { get; init; }

    /// <summary>How a live input or output is handled.</summary>
    public LiveOptions Live { get; init; } = LiveOptions.Default;

    /// <summary>Frames that the progress of a source goes up to; null where nobody knows.</summary>
    public long? FramesToCome(FrameFormat format) => format.FrameCount is long count ? Math.Min(count, Frames) : Frames == long.MaxValue ? null : Frames;
}
