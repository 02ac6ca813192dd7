namespace Realtime.Filter.Batch;

/// <summary>One finished segment of a video.</summary>
/// <param name="File">Its name in the work folder.</param>
/// <param name="Frames">Frames in it, at least 1.</param>
/// <param name="FirstPts">Time stamp of its first frame in the original.</param>
/// <param name="Unpurified">Frames that passed through as they came.</param>
/// <param name="Failure">Why the first of them did; null where all went well.</param>
/// <param name="Sha256">Of the segment's bytes.</param>
internal sealed record Segment(string File, long Frames, long FirstPts, long Unpurified, string? Failure, string Sha256);
