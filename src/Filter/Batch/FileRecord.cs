using System.Text.Json.Serialization;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Batch;

/// <summary>What became of one file: kept beside the outputs, and a line of the report.</summary>
/// <param name="Input">See <see cref="BatchItem.Name"/>.</param>
/// <param name="Output">See <see cref="BatchItem.OutputName"/>.</param>
/// <param name="State">What became of it.</param>
internal sealed record FileRecord(string Input, string Output, FileState State)
{
    /// <summary>Why it failed.</summary>
    public string? Message { get; init; }

    /// <summary>What <c>purify</c> would have ended with.</summary>
    public ExitCode ExitCode { get; init; }

    /// <summary>Frames of the output.</summary>
    public long Frames { get; init; }

    /// <summary>Frames that an earlier, interrupted run had finished.</summary>
    public long ResumedFrames { get; init; }

    /// <summary>Frames that passed through as they came.</summary>
    public long Unpurified { get; init; }

    /// <summary>Seconds that this took.</summary>
    public double Seconds { get; init; }

    /// <summary>SHA-256 of the input.</summary>
    public string? InputSha256 { get; init; }

    /// <summary>SHA-256 of the output; null where there is none.</summary>
    public string? OutputSha256 { get; init; }

    /// <summary>Bytes of the output.</summary>
    public long OutputBytes { get; init; }

    /// <summary>See <see cref="Fingerprint.Of"/>.</summary>
    public string? Settings { get; init; }

    /// <summary>The worker that did it, and the token of its claim.</summary>
    public string? Worker { get; init; }

    /// <summary>Whether another worker did it while this one ran.</summary>
    public bool IsOthers { get; init; }

    /// <summary>Whether this is the end of a file's way, rather than its begin.</summary>
    [JsonIgnore]
    public bool IsSettled => State is FileState.Done or FileState.Failed;
}
