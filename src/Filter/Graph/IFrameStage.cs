using Realtime.Filter.Frames;
using Realtime.Filter.Gpu.Passes;

namespace Realtime.Filter.Graph;

/// <summary>
/// One step of a frame's way. A stage is used from one thread; it owns the slot during <see cref="Process"/> only and keeps no reference
/// to it. After the first frames it must not allocate. An exception stops the whole graph and is what the caller of the graph sees.
/// </summary>
public interface IFrameStage : IDisposable
{
    /// <summary>Short name of the thread, in the statistics and in messages ("gather", "purify").</summary>
    string Name { get; }

    /// <summary>The passes that this stage runs on a GPU, for listings; null for a stage on the CPU.</summary>
    PassGraph? Passes => null;

    /// <summary>Waits for the buffers that the stage needs for <paramref name="slot"/>; this time does not count as its work.</summary>
    void Await(FrameSlot slot, CancellationToken cancellation)
    {
    }

    /// <summary>Does this stage's work on <paramref name="slot"/>, in place.</summary>
    void Process(FrameSlot slot, CancellationToken cancellation);
}
