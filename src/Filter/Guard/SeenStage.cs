using Realtime.Filter.Frames;
using Realtime.Filter.Gpu.Passes;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Guard;

/// <summary>Graph stage: lets another stage work on <see cref="FrameSlot.Seen"/> instead of the frame. The other one is borrowed.</summary>
internal sealed class SeenStage(IFrameStage inner) : IFrameStage
{
    public string Name => inner.Name;

    public PassGraph? Passes => inner.Passes;

    public void Await(FrameSlot slot, CancellationToken cancellation) => inner.Await(Seen(slot), cancellation);

    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        FrameSlot seen = Seen(slot);
        inner.Process(seen, cancellation);
        (slot.IsPurified, slot.Failure) = (seen.IsPurified, seen.Failure);
    }

    /// <summary>Does nothing: the inner stage belongs to its pipeline.</summary>
    public void Dispose()
    {
    }

    private static FrameSlot Seen(FrameSlot slot) => slot.Seen ?? throw new InvalidOperationException($"Frame {slot.Id} was not resized.");
}
