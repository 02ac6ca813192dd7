using Realtime.Filter.Frames;

namespace Realtime.Filter.Graph;

/// <summary>
/// A fixed number of frame slots in circulation: the source rents one, the sink returns it. When all are under way the source waits,
/// which bounds the memory of a run.
/// </summary>
public sealed class FramePool
{
    private readonly BoundedQueue<FrameSlot> free;

    /// <summary>Allocates <paramref name="slots"/> slots (at least 1) for frames of <paramref name="format"/>.</summary>
    public FramePool(FrameFormat format, int slots)
    {
        ArgumentNullException.ThrowIfNull(format);
        free = new BoundedQueue<FrameSlot>(slots);
        for (int i = 0; i < slots; i++)
            free.Add(new FrameSlot(format), CancellationToken.None);
    }

    /// <summary>Number of slots, free or under way.</summary>
    public int Slots => free.Capacity;

    /// <summary>Slots that are free now.</summary>
    public int Free => free.Count;

    /// <summary>Takes a free slot, waiting for one, and resets what the last frame left in it (its pixels stay as they are).</summary>
    public FrameSlot Rent(CancellationToken cancellation)
    {
        if (!free.TryTake(out FrameSlot slot, cancellation))
            throw new InvalidOperationException("The frame pool was completed.");
        slot.Reset();
        return slot;
    }

    /// <summary>Gives a slot back; its owner must not touch it any more.</summary>
    public void Return(FrameSlot slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (free.Count == free.Capacity)
            throw new InvalidOperationException($"Frame {slot.Id} was returned twice.");
        free.Add(slot, CancellationToken.None);
    }

    /// <summary>Ends the waiting of <see cref="Rent"/> with <paramref name="exception"/>.</summary>
    public void Fail(Exception exception) => free.Fail(exception);
}
