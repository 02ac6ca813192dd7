using Realtime.Filter.Errors;

namespace Realtime.Filter.Graph;

/// <summary>How a run ended. A run that faulted or was cancelled has no result: it throws.</summary>
/// <param name="Frames">Frames that reached the sink.</param>
/// <param name="Unpurified">Those among them that passed through marked, because they could not be purified.</param>
/// <param name="Elapsed">From the first read to the finished sink.</param>
/// <param name="SourceFailure">Set where the input broke off: every readable frame has reached the sink, and the sink was completed.</param>
public sealed record FrameGraphResult(long Frames, long Unpurified, TimeSpan Elapsed, UserErrorException? SourceFailure);
