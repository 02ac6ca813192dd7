using SixLabors.ImageSharp.Formats.Jpeg;

namespace SixLabors.ImageSharp;

/// <summary>Writing pictures.</summary>
public static class ImageExtensions
{
    private const int DefaultJpegQuality = 75;

    public static void SaveAsPng(this Image source, string path) => WriteTo(path, FfmpegPictures.EncodePng(source));

    public static void SaveAsPng(this Image source, Stream stream) => stream.Write(FfmpegPictures.EncodePng(source));

    public static void SaveAsJpeg(this Image source, string path) => SaveAsJpeg(source, path, new JpegEncoder());

    public static void SaveAsJpeg(this Image source, Stream stream) => SaveAsJpeg(source, stream, new JpegEncoder());

    public static void SaveAsJpeg(this Image source, string path, JpegEncoder encoder) =>
        WriteTo(path, FfmpegPictures.EncodeJpeg(source, encoder.Quality ?? DefaultJpegQuality));

    public static void SaveAsJpeg(this Image source, Stream stream, JpegEncoder encoder) =>
        stream.Write(FfmpegPictures.EncodeJpeg(source, encoder.Quality ?? DefaultJpegQuality));

    private static void WriteTo(string path, byte[] data)
    {
        using FileStream stream = File.Create(path);
        stream.Write(data);
    }
}
