using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Gpu;
using Realtime.Filter.Gpu.Frames;
using Realtime.Filter.Graph;
using Realtime.Filter.Purifiers;

namespace Realtime.Viewer.Live;

/// <summary>Graph stage: the purifier of the moment. Another one is swapped in between two frames; none is lost.</summary>
internal sealed class PurifierStage : IFrameStage
{
    private readonly ViewState state;
    private readonly FrameFormat format;
    private readonly int overlap;
    private readonly IFrameTap tap;
    private readonly Predicate<long> isStale;
    private readonly object gate = new();
    private ITilePurifier purifier;
    private PurifyPipeline pipeline;
    private (ITilePurifier Purifier, PurifyPipeline Pipeline)? next;

    /// <summary>Starts with <paramref name="purifier"/>, which the stage owns.</summary>
    /// <param name="state">Says whether it is on.</param>
    /// <param name="format">Of the frames.</param>
    /// <param name="overlap">Half of what neighbouring tiles share.</param>
    /// <param name="purifier">The first one.</param>
    /// <param name="tap">Takes purified frames where they are on a device.</param>
    /// <param name="isStale">Whether nobody wants to see a frame of this number any more.</param>
    public PurifierStage(ViewState state, FrameFormat format, int overlap, ITilePurifier purifier, IFrameTap tap, Predicate<long> isStale)
    {
        this.tap = tap;
        this.isStale = isStale;
        this.state = state;
        this.format = format;
        this.overlap = overlap;
        this.purifier = purifier;
        pipeline = new PurifyPipeline(format, purifier, overlap);
        purifier.Prepare(pipeline.Grid.Count);
        Connect(purifier);
    }

    /// <inheritdoc/>
    public string Name => "purify";

    /// <summary>Milliseconds of the last frame.</summary>
    public double Milliseconds { get; private set; }

    /// <summary>Hands over the next purifier, made ready by the caller's thread. Where that throws, it stays the caller's.</summary>
    public void Swap(ITilePurifier other)
    {
        PurifyPipeline prepared = new(format, other, overlap);
        try
        {
            other.Prepare(prepared.Grid.Count);
        }
        catch
        {
            prepared.Dispose();
            throw;
        }

        Connect(other);
        lock (gate)
        {
            if (next is { } unused)
                Discard(unused);
            next = (other, prepared);
        }
    }

    /// <inheritdoc/>
    public void Process(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        TakeNext();
        if (isStale(slot.Id))
            return;
        long begin = Stopwatch.GetTimestamp();
        if (state.PurifierOn)
        {
            foreach (IFrameStage stage in pipeline.Stages)
            {
                stage.Await(slot, cancellation);
                stage.Process(slot, cancellation);
            }
        }
        else
        {
            slot.Raw.CopyTo(slot.Purified, 0);
            slot.IsPurified = false;
            slot.IsBypassed = true;
        }

        Milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Discard((purifier, pipeline));
        if (next is { } unused)
            Discard(unused);
    }

    private void Connect(ITilePurifier to)
    {
        if (to is VulkanPurifier vulkan)
            vulkan.Tap = tap;
    }

    private static void Discard((ITilePurifier Purifier, PurifyPipeline Pipeline) pair)
    {
        pair.Pipeline.Dispose();
        pair.Purifier.Dispose();
    }

    private void TakeNext()
    {
        lock (gate)
        {
            if (next is not { } fresh)
                return;
            Discard((purifier, pipeline));
            (purifier, pipeline) = fresh;
            next = null;
        }
    }
}
