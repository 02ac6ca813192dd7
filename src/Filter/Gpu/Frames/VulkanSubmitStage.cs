using Realtime.Filter.Frames;
using Realtime.Filter.Gpu.Passes;
using Realtime.Filter.Graph;

namespace Realtime.Filter.Gpu.Frames;

/// <summary>Graph stage: hands a frame to the device and goes on to the next while it works.</summary>
internal sealed class VulkanSubmitStage(VulkanFrames frames) : IFrameStage
{
    /// <inheritdoc/>
    public string Name => "upload";

    /// <inheritdoc/>
    public void Await(FrameSlot slot, CancellationToken cancellation) => frames.AwaitLane(cancellation);

    /// <inheritdoc/>
    public void Process(FrameSlot slot, CancellationToken cancellation) => frames.Submit(slot, cancellation);

    /// <inheritdoc/>
    public PassGraph? Passes => frames.Graph;

    /// <summary>Does nothing: the collecting stage is the last to use the device.</summary>
    public void Dispose()
    {
    }
}
