using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

public delegate void PixelAccessorAction<TPixel>(PixelAccessor<TPixel> pixelAccessor)
    where TPixel : unmanaged, IPixel<TPixel>;

/// <summary>Gives the rows of a picture for the time of one call.</summary>
public ref struct PixelAccessor<TPixel>
    where TPixel : unmanaged, IPixel<TPixel>
{
    private readonly Image<TPixel> image;

    internal PixelAccessor(Image<TPixel> image) => this.image = image;

    public readonly int Width => image.Width;

    public readonly int Height => image.Height;

    public readonly Span<TPixel> GetRowSpan(int rowIndex)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)rowIndex, (uint)Height, nameof(rowIndex));
        return image.Pixels.AsSpan(rowIndex * Width, Width);
    }
}
