using System.Diagnostics;
using Realtime.Filter.Frames;
using Realtime.Filter.Video;

namespace Realtime.Filter.Solids;

/// <summary>The moving scene as an input, `solids:` or `solids:seconds=10,seed=1,size=160x160,fps=25`; every frame knows its true class.</summary>
public sealed class SolidsSource : ISeekableSource
{
    private readonly SolidsScene scene;
    private long next;

    /// <summary>Sets up the scene that <paramref name="options"/> describe.</summary>
    public SolidsSource(SolidsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        scene = new SolidsScene(options.Seed, options.FramesPerSecond);
        TimeBase timeBase = new(1, options.FramesPerSecond);
        Format = new FrameFormat(options.Width, options.Height, timeBase, options.FramesPerSecond, options.FrameCount);
        Name = FormattableString.Invariant(
            $"{SolidsOptions.Scheme}seconds={options.Seconds},seed={options.Seed},size={options.Width}x{options.Height},fps={options.FramesPerSecond}");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public FrameFormat Format { get; }

    /// <inheritdoc/>
    public long FirstPts => 0;

    /// <inheritdoc/>
    public double? Duration => (double?)Format.FrameCount / Format.FrameRate;

    /// <inheritdoc/>
    public void Seek(double seconds) => next = Math.Max(0, (long)Math.Round(seconds * Format.FrameRate));

    /// <inheritdoc/>
    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slot);
        cancellation.ThrowIfCancellationRequested();
        if (next >= Format.FrameCount)
            return false;

        slot.TrueLabel = scene.Render(next, Format.Width, Format.Height, slot.Raw);
        slot.Pts = next;
        slot.Duration = 1;
        slot.DecodedAt = Stopwatch.GetTimestamp();
        next++;
        return true;
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
