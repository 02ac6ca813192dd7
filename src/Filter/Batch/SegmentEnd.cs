namespace Realtime.Filter.Batch;

/// <summary>There are no more frames.</summary>
/// <param name="IsComplete">Whether the input came to its regular end.</param>
/// <param name="Failure">Where it broke off, and why.</param>
internal sealed record SegmentEnd(bool IsComplete, string? Failure);
