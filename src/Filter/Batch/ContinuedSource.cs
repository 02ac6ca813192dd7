using Realtime.Filter.Errors;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Batch;

/// <summary>
/// A source that several graphs read one after the other. Where the input breaks off, it ends with the last readable frame and keeps the
/// reason. It borrows the source.
/// </summary>
internal sealed class ContinuedSource(IFrameSource source) : IFrameSource
{
    private long delivered;

    /// <inheritdoc/>
    public string Name => source.Name;

    /// <inheritdoc/>
    public FrameFormat Format => source.Format;

    /// <summary>Whether there are no more frames.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Why the input broke off; null where it did not.</summary>
    public UserErrorException? Failure { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        if (HasEnded)
            return false;
        try
        {
            HasEnded = !source.TryRead(slot, cancellation);
        }
        catch (UserErrorException broken) when (delivered > 0)
        {
            Failure = broken;
            HasEnded = true;
        }

        if (!HasEnded)
            delivered++;
        return !HasEnded;
    }

    /// <summary>Reads frames and drops them: the rest then is, bit for bit, what a run from the start sees. A seek would not promise that.</summary>
    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public void Skip(long frames, CancellationToken cancellation)
    {
        if (frames == 0)
            return;
        FrameSlot slot = new(Format);
        for (long i = 0; i < frames; i++)
        {
            if (!TryRead(slot, cancellation))
                throw new InvalidDataException($"'{Name}' has {i} frames where an earlier run found {frames}: is it written to, or the disk failing?");
        }
    }

    /// <summary>Does nothing: the source belongs to the caller.</summary>
    public void Dispose()
    {
    }
}
