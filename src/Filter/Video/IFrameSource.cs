using Realtime.Filter.Frames;

namespace Realtime.Filter.Video;

/// <summary>Where frames come from: a video file, pictures, y4m on stdin, the solids scene. Used from one thread.</summary>
public interface IFrameSource : IDisposable
{
    /// <summary>What is read, for messages: a path, "-" or "solids:...".</summary>
    string Name { get; }

    /// <summary>Size, time base and, where known, the number of frames.</summary>
    FrameFormat Format { get; }

    /// <summary>
    /// Fills <see cref="FrameSlot.Raw"/>, <see cref="FrameSlot.Pts"/>, <see cref="FrameSlot.Duration"/> and
    /// <see cref="FrameSlot.TrueLabel"/> of <paramref name="slot"/> with the next frame.
    /// </summary>
    /// <returns>False at the end of the stream; the slot is then untouched.</returns>
    /// <exception cref="Errors.UserErrorException">The input broke off; every readable frame has been delivered before.</exception>
    bool TryRead(FrameSlot slot, CancellationToken cancellation);
}
