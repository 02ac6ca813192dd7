using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>
/// Where frames go. Nothing appears under the final name before <see cref="Complete"/>; disposing a sink that was not completed
/// removes what was written. Used from one thread.
/// </summary>
public interface IFrameSink : IDisposable
{
    /// <summary>What is written, for messages.</summary>
    string Name { get; }

    /// <summary>Appends <paramref name="pixels"/> ([H, W, 3], 0..255) with the time stamp of <paramref name="slot"/>.</summary>
    void Write(FrameSlot slot, ReadOnlySpan<byte> pixels, CancellationToken cancellation);

    /// <summary>Finishes the file and gives it its final name.</summary>
    void Complete(CancellationToken cancellation);
}
