using Realtime.Filter.Video;

namespace Realtime.Filter.Commands;

/// <summary>What <c>attack</c> was asked to do, parsed.</summary>
internal sealed record AttackSettings
{
    public required string Input { get; init; }

    public required string Output { get; init; }

    /// <summary>One of <see cref="Attacks.AttackFactory.Names"/>.</summary>
    public required string Attack { get; init; }

    /// <summary>Radius in units of the pixel range.</summary>
    public required float Epsilon { get; init; }

    public required int? Steps { get; init; }

    public required float? StepSize { get; init; }

    public required int? Restarts { get; init; }

    public required string Classifier { get; init; }

    /// <summary>"auto", a class name or a class index.</summary>
    public required string Label { get; init; }

    public required int Seed { get; init; }

    /// <summary>The most frames to process.</summary>
    public required long Frames { get; init; }

    /// <summary>Frames that are attacked at once; null is one a core.</summary>
    public required int? Threads { get; init; }

    public required bool Overwrite { get; init; }

    public required ProgressMode Progress { get; init; }

    public required LogLevel LogLevel { get; init; }

    public required SinkOptions Sink { get; init; }
}
