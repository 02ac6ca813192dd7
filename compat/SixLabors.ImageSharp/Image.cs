using System.Runtime.InteropServices;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>A picture of any pixel type.</summary>
public abstract class Image : IDisposable
{
    private protected Image(int width, int height)
    {
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The pixels as [H, W, 3] bytes.</summary>
    internal abstract ReadOnlySpan<byte> Rgb { get; }

    public static Image<TPixel> Load<TPixel>(string path)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using FileStream stream = File.OpenRead(path);
        return Load<TPixel>(stream);
    }

    public static Image<TPixel> Load<TPixel>(Stream stream)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using MemoryStream data = new();
        stream.CopyTo(data);
        (ReadOnlyMemory<byte> rgb, int width, int height) = FfmpegPictures.Decode(data.GetBuffer().AsMemory(0, (int)data.Length));
        return LoadPixelData<TPixel>(rgb.Span, width, height);
    }

    public static Image<TPixel> LoadPixelData<TPixel>(ReadOnlySpan<byte> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
        => LoadPixelData(MemoryMarshal.Cast<byte, TPixel>(data), width, height);

    public static Image<TPixel> LoadPixelData<TPixel>(ReadOnlySpan<TPixel> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Length, width * height, nameof(data));
        Image<TPixel> image = new(width, height);
        data[..(width * height)].CopyTo(image.Pixels);
        return image;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
