using Realtime.Filter.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Gpu.Frames;

/// <summary>Graph stage: takes a frame back from the device. Where that fails, it passes through as it came, marked.</summary>
internal sealed class VulkanCollectStage(VulkanFrames frames) : IFrameStage, IReportsFailures
{
    /// <inheritdoc/>
    public string Name => "purify";

    /// <inheritdoc/>
    public string? FirstFailure { get; private set; }

    /// <inheritdoc/>
    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        string? fault = frames.Collect(slot, cancellation);
        slot.Finish(fault);
        if (fault is not null)
            FirstFailure ??= $"frame {slot.Id}: {fault}";
    }

    /// <inheritdoc/>
    public void Dispose() => frames.Dispose();
}
