namespace Realtime.Filter.Batch;

/// <summary>A finished output that has not yet its final name.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Frames">Its frames.</param>
/// <param name="ResumedFrames">Those among them that an earlier run had finished.</param>
/// <param name="Unpurified">Frames that passed through as they came.</param>
/// <param name="Failure">What makes the file a failed one although there is an output; null where all went well.</param>
internal sealed record ProcessedFile(string Path, long Frames, long ResumedFrames, long Unpurified, string? Failure);
