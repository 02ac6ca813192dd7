namespace Realtime.Viewer.Overlay;

/// <summary>
/// A picture of the window's size to draw the overlay in: premultiplied RGBA8, one uint a pixel, red in the lowest byte. What lies
/// outside is cut off. It knows which rows have changed since they were last uploaded.
/// </summary>
internal sealed partial class OverlayCanvas
{
    private uint[] pixels = [];

    /// <summary>An empty canvas.</summary>
    public OverlayCanvas(int width, int height)
    {
        Rows = new DirtyRows(0);
        Resize(width, height);
    }

    /// <summary>Pixels a row.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>[Height, Width].</summary>
    public ReadOnlySpan<uint> Pixels => pixels;

    /// <summary>What has changed; call its Uploaded after copying.</summary>
    public DirtyRows Rows { get; private set; }

    /// <summary>First row that changed since the last upload, and one after the last such row; equal where none did.</summary>
    public int DirtyTop => Rows.Top;

    public int DirtyBottom => Rows.Bottom;

    /// <summary>Another size; the canvas is empty then, and all of it is to be uploaded.</summary>
    public void Resize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        Width = width;
        Height = height;
        pixels = new uint[width * height];
        Rows = new DirtyRows(height);
        for (int row = 0; row < height; row++)
            Rows.Wiped(row);
    }

    /// <summary>Empties the rows that hold anything.</summary>
    public void Clear()
    {
        for (int row = 0; row < Height; row++)
        {
            if (!Rows.IsInked(row))
                continue;
            pixels.AsSpan(row * Width, Width).Clear();
            Rows.Wiped(row);
        }
    }

    private void Span(int y, int left, int right, uint colour)
    {
        left = Math.Max(left, 0);
        right = Math.Min(right, Width);
        if (y < 0 || y >= Height || left >= right)
            return;
        Span<uint> row = pixels.AsSpan((y * Width) + left, right - left);
        if (colour >> 24 == 255)
            row.Fill(colour);
        else
            foreach (ref uint pixel in row)
                pixel = pixel == 0 ? colour : Over(pixel, colour);
    }

    private void Dot(int x, int y, uint colour)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height || colour == 0)
            return;
        ref uint pixel = ref pixels[(y * Width) + x];
        pixel = pixel == 0 ? colour : Over(pixel, colour);
    }

    private void Touch(int top, int bottom) => Rows.Touch(Math.Clamp(top, 0, Height), Math.Clamp(bottom, 0, Height));

    /// <summary>Premultiplied source over destination, two channels at a time.</summary>
    private static uint Over(uint under, uint colour)
    {
        uint rest = 255 - (colour >> 24);
        uint low = ((under & 0xff00ff) * rest) + 0x800080, high = (((under >> 8) & 0xff00ff) * rest) + 0x800080;
        low = ((low + ((low >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
        high = (high + ((high >> 8) & 0xff00ff)) & 0xff00ff00;
        return colour + (low | high);
    }
}
