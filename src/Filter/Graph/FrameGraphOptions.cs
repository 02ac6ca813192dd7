namespace Realtime.Filter.Graph;

/// <summary>How a graph runs.</summary>
/// <param name="QueueCapacity">Frames that wait between two stages, at least 1.</param>
/// <param name="SingleThreaded">
/// Takes every frame from source to sink on the calling thread before the next is read: deterministic, for tests.
/// </param>
/// <param name="MaxFrames">Ends the stream after so many frames, as if the source had ended.</param>
/// <param name="Trace">Takes what every thread does and waits for; borrowed, null for none.</param>
/// <param name="Observer">Is told how long each stage took for each frame; borrowed, null for none.</param>
public sealed record FrameGraphOptions(int QueueCapacity = 2, bool SingleThreaded = false, long MaxFrames = long.MaxValue, FrameTrace? Trace = null, IStageObserver? Observer = null);
