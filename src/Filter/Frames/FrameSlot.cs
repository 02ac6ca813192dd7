using Realtime.Filter.Classifiers;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Frames;

/// <summary>
/// One frame on its way through the graph: a pooled set of buffers that carries one id from decode to sink, so that the picture, the
/// attacked picture, the purified picture and the verdict shown together always belong together.
/// A stage owns a slot from taking it off its input queue until putting it on its output queue.
/// </summary>
public sealed class FrameSlot
{
    /// <summary>Allocates the buffers for frames of <paramref name="format"/>.</summary>
    /// <param name="format">Size and time base.</param>
    /// <param name="isRaw">Whether there will never be a purified picture: the slot only waits for another one.</param>
    public FrameSlot(FrameFormat format, bool isRaw = false)
    {
        ArgumentNullException.ThrowIfNull(format);
        Format = format;
        Raw = new byte[format.ByteCount];
        Purified = isRaw ? [] : new byte[format.ByteCount];
    }

    /// <summary>Size and time base of the stream.</summary>
    public FrameFormat Format { get; }

    /// <summary>Counts decoded frames from 0; never reused within a stream.</summary>
    public long Id { get; set; }

    /// <summary>Presentation time stamp in units of <see cref="FrameFormat.TimeBase"/>, exactly as the container had it.</summary>
    public long Pts { get; set; }

    /// <summary>How long the frame is shown, in the same units; 0 where the container did not say.</summary>
    public long Duration { get; set; }

    /// <summary>When the frame left the decoder (<see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>), for latency.</summary>
    public long DecodedAt { get; set; }

    /// <summary>When a live source delivered the frame, in the same ticks, for the delay from glass to glass; 0 of other sources.</summary>
    public long CapturedAt { get; set; }

    /// <summary>The true class of the picture where the source knows it (solids), else -1.</summary>
    public int TrueLabel { get; set; } = -1;

    /// <summary>[H, W, 3] the decoded (or attacked) picture, 0..255.</summary>
    public byte[] Raw { get; }

    /// <summary>[H, W, 3] the purified picture, 0..255; valid after the purify stage.</summary>
    public byte[] Purified { get; }

    /// <summary>False where purification failed and <see cref="Purified"/> is a copy of <see cref="Raw"/>; such a frame is marked and counted.</summary>
    public bool IsPurified { get; set; }

    /// <summary>True where nobody wanted it purified: the purifier was off when the frame came by. No failure.</summary>
    public bool IsBypassed { get; set; }

    /// <summary>Why the frame could not be purified or judged; null while all is well.</summary>
    public string? Failure { get; set; }

    /// <summary>What the classifier will see of this frame, where only that is purified: a frame of the classifier's size with the same id. Else null.</summary>
    public FrameSlot? Seen { get; set; }

    /// <summary>What the classifier says of the frame; null where there is none.</summary>
    public FrameVerdicts? Verdicts { get; set; }

    /// <summary>The frame cut into tiles; rented by the gather stage, given back by the purify stage.</summary>
    public TileBuffer? Tiles { get; set; }

    /// <summary>The purified tiles; rented by the purify stage, given back by the blend stage. Null where purification failed.</summary>
    public TileBuffer? PurifiedTiles { get; set; }

    /// <summary>Marks the frame as purified, or, with a reason, lets it pass through as it came.</summary>
    /// <param name="failure">Why it could not be purified; null where it was.</param>
    public void Finish(string? failure)
    {
        IsPurified = failure is null;
        if (failure is null)
            return;
        Raw.CopyTo(Purified, 0);
        Failure = failure;
    }

    /// <summary>Forgets all about the last frame but its pixels, which the next one overwrites.</summary>
    public void Reset()
    {
        Id = Pts = Duration = DecodedAt = CapturedAt = 0;
        TrueLabel = -1;
        IsPurified = IsBypassed = false;
        Failure = null;
        Tiles = PurifiedTiles = null;
        Seen?.Reset();
        Verdicts?.Clear();
    }
}
