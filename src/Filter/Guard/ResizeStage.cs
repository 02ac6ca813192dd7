using Realtime.Filter.Classifiers;
using Realtime.Filter.Frames;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Guard;

/// <summary>
/// Graph stage: makes <see cref="FrameSlot.Seen"/>, the frame at the size of the classifier, in 8 bits. Everything behind it works on these very pixels: they are
/// what the raw verdict is about and what is purified for the other one.
/// </summary>
internal sealed class ResizeStage(FrameFormat format, FrameFormat seen) : IFrameStage
{
    private readonly BilinearResize resize = new(format.Width, format.Height, seen.Width, seen.Height);

    public string Name => "resize";

    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        FrameSlot small = slot.Seen ??= new FrameSlot(seen);    // once for each slot: slots are pooled
        (small.Id, small.Pts, small.Duration, small.DecodedAt, small.TrueLabel) = (slot.Id, slot.Pts, slot.Duration, slot.DecodedAt, slot.TrueLabel);
        resize.Apply(slot.Raw, small.Raw);
    }

    /// <summary>Does nothing: all memory here is managed.</summary>
    public void Dispose()
    {
    }
}
