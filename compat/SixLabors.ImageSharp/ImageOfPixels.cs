using System.Runtime.InteropServices;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>A picture in memory, rows without padding.</summary>
public sealed class Image<TPixel> : Image
    where TPixel : unmanaged, IPixel<TPixel>
{
    public Image(int width, int height)
        : base(width, height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Pixels = new TPixel[checked(width * height)];
    }

    internal TPixel[] Pixels { get; }

    internal override ReadOnlySpan<byte> Rgb => MemoryMarshal.AsBytes<TPixel>(Pixels);

    public TPixel this[int x, int y]
    {
        get => Pixels[IndexOf(x, y)];
        set => Pixels[IndexOf(x, y)] = value;
    }

    public void CopyPixelDataTo(Span<TPixel> destination) => Pixels.CopyTo(destination);

    public void CopyPixelDataTo(Span<byte> destination) => Rgb.CopyTo(destination);

    public void ProcessPixelRows(PixelAccessorAction<TPixel> processPixels) => processPixels(new PixelAccessor<TPixel>(this));

    protected override void Dispose(bool disposing)
    {
    }

    private int IndexOf(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        return (y * Width) + x;
    }
}
