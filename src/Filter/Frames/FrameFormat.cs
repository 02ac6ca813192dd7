namespace Realtime.Filter.Frames;

/// <summary>What every frame of one stream has in common. Pixels are 8-bit full-range RGB, packed, rows without padding.</summary>
/// <param name="Width">Pixels a row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="TimeBase">The unit of <see cref="FrameSlot.Pts"/>.</param>
/// <param name="FrameRate">Nominal frames a second, for display and estimates only; time comes from the PTS.</param>
/// <param name="FrameCount">The number of frames to come where it is known, for progress only.</param>
public sealed record FrameFormat(int Width, int Height, TimeBase TimeBase, double FrameRate, long? FrameCount)
{
    /// <summary>Bytes of one picture.</summary>
    public int ByteCount => Width * Height * 3;
}
