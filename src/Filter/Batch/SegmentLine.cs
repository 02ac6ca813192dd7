namespace Realtime.Filter.Batch;

/// <summary>One line of a <see cref="SegmentJournal"/>: one of the three.</summary>
/// <param name="Header">The first line.</param>
/// <param name="Segment">A finished segment.</param>
/// <param name="End">The last line.</param>
internal sealed record SegmentLine(SegmentHeader? Header = null, Segment? Segment = null, SegmentEnd? End = null);
