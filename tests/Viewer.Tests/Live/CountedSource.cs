using Realtime.Filter.Frames;
using Realtime.Filter.Video;
using Realtime.Viewer.Panes;

namespace Realtime.Viewer.Tests.Live;

/// <summary>Square frames whose number is drawn in: 16 bits in a grid of 4x4 black and white fields, too large for an attack or a purifier to change.</summary>
internal sealed class CountedSource(int size) : IFrameSource
{
    private const int Grid = 4;

    private long next;

    public string Name => "counter";

    public FrameFormat Format { get; } = new(size, size, new TimeBase(1, 25), 25, null);

    public bool TryRead(FrameSlot slot, CancellationToken cancellation)
    {
        int field = size / Grid;
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
                slot.Raw.AsSpan(((y * size) + x) * 3, 3).Fill(IsSet(next, x / field, y / field) ? (byte)235 : (byte)20);
        }

        slot.Pts = next++;
        slot.TrueLabel = 0;
        return true;
    }

    public void Dispose()
    {
    }

    /// <summary>The number in a pane of a window's picture.</summary>
    /// <param name="picture">[H, W, 3].</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="pane">Where the frame was drawn, fitted and centred.</param>
    public static long Read(ReadOnlySpan<byte> picture, int width, Pane pane)
    {
        int side = Math.Min(pane.Width, pane.Height);
        long number = 0;
        for (int bit = 0; bit < Grid * Grid; bit++)
        {
            int x = pane.X + ((pane.Width - side) / 2) + (((2 * (bit % Grid)) + 1) * side / (2 * Grid));
            int y = pane.Y + ((pane.Height - side) / 2) + (((2 * (bit / Grid)) + 1) * side / (2 * Grid));
            ReadOnlySpan<byte> pixel = picture.Slice(((y * width) + x) * 3, 3);
            number |= (pixel[0] + pixel[1] + pixel[2] > 3 * 128 ? 1L : 0) << bit;
        }

        return number;
    }

    private static bool IsSet(long number, int x, int y) => ((number >> ((y * Grid) + x)) & 1) != 0;
}
