using Realtime.Filter.Commands;
using Realtime.Filter.Devices;
using Realtime.Filter.Video;

namespace Realtime.Filter.Batch;

/// <summary>What <c>batch</c> was asked to do, parsed.</summary>
internal sealed record BatchSettings
{
    /// <summary>A folder, or a text file with a path a line.</summary>
    public required string Input { get; init; }

    /// <summary>The folder for the outputs.</summary>
    public required string Output { get; init; }

    /// <summary>Patterns of what to take; empty takes every video and picture.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Patterns of what to leave.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Extension of all videos written, with its dot; null keeps each file's own where it can be written.</summary>
    public string? Extension { get; init; }

    /// <summary>Files at a time in this process, at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Frames of a segment, at least 1: what a kill can cost.</summary>
    public int SegmentFrames { get; init; } = 250;

    /// <summary>A claim of another machine whose heart has not beaten for so long is dead.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How many times its input's size an output is expected to need; 0 checks no space.</summary>
    public double SpaceFactor { get; init; } = 2;

    /// <summary>Whether to stay until the files that other workers hold are done, and take them over where they are not.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>Whether outputs that no batch wrote may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Where a JSON object a file is written; null for nowhere.</summary>
    public string? Report { get; init; }

    public required string Model { get; init; }

    public required int Overlap { get; init; }

    public required DeviceChoice Device { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>Cores for inference of all jobs together; null is all of them.</summary>
    public int? Threads { get; init; }

    public required ProgressMode Progress { get; init; }

    public required LogLevel LogLevel { get; init; }

    public required SourceOptions Source { get; init; }

    public required SinkOptions Sink { get; init; }
}
