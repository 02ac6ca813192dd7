using Realtime.Filter.Errors;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Filter.Images;

/// <summary>Writes one picture as PNG or JPEG, by the name's extension.</summary>
internal static class PictureWriter
{
    private const int JpegQuality = 95;

    /// <summary>Writes [H, W, 3] pixels.</summary>
    /// <param name="path">The file that is written.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="pixels">[H, W, 3], 0..255.</param>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string path, string name, int width, int height, ReadOnlySpan<byte> pixels)
    {
        using Image<Rgb24> picture = Image.LoadPixelData<Rgb24>(pixels, width, height);
        try
        {
            if (PictureFiles.IsJpeg(path))
                picture.SaveAsJpeg(path, new JpegEncoder { Quality = JpegQuality });
            else
                picture.SaveAsPng(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ImageFormatException)
        {
            bool isFull = error.Message.Contains("No space left on device", StringComparison.Ordinal);
            throw new UserErrorException(
                ExitCode.Failed, $"'{name}' cannot be written: {(isFull ? "the disk is full. Free some space or write elsewhere." : error.Message)}", error);
        }
    }
}
