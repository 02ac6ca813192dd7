using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SixLabors.ImageSharp;

/// <summary>The codecs: ffmpeg's, through pipes, one process a picture.</summary>
internal static partial class FfmpegPictures
{
    /// <summary>Decodes a picture to RGB; the format is told from the first bytes.</summary>
    public static (ReadOnlyMemory<byte> Rgb, int Width, int Height) Decode(ReadOnlyMemory<byte> data)
    {
        if (PlainPpm(data) is { } plain)
            return plain;       // what ffmpeg would give back, without a process
        string format = FormatOf(data.Span);
        string[] arguments =
        [
            "-xerror", "-err_detect", "explode", "-noautorotate", "-f", format, "-i", "pipe:0",
            "-frames:v", "1", "-sws_flags", "accurate_rnd+full_chroma_int+bicubic", "-pix_fmt", "rgb24", "-c:v", "ppm", "-f", "image2pipe", "pipe:1",
        ];
        (byte[] output, int exitCode, string errors) = Run(arguments, data);
        return exitCode == 0 && PlainPpm(output) is { } decoded ? decoded : throw new InvalidImageContentException($"The picture cannot be decoded as {format}: {errors}");
    }

    /// <summary>Encodes without loss.</summary>
    public static byte[] EncodePng(Image image) => Encode(image, ["-c:v", "png", "-pred", "mixed"]);

    /// <summary>Encodes with loss, 4:2:0.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">1..100; ffmpeg's scale of 1..31 is chosen to quantise about as libjpeg does at this quality.</param>
    public static byte[] EncodeJpeg(Image image, int quality)
    {
        double scale = quality < 50 ? 50.0 / quality : 2 - (quality / 50.0);
        int step = (int)Math.Clamp(Math.Round(8 * scale), 1, 31);
        string q = step.ToString(CultureInfo.InvariantCulture);
        return Encode(image, ["-sws_flags", "accurate_rnd+full_chroma_inp+full_chroma_int+bicubic", "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-qmin", "1", "-q:v", q]);
    }

    private static byte[] Encode(Image image, string[] codec)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{image.Width}x{image.Height}");
        string[] arguments =
        [
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-i", "pipe:0", "-frames:v", "1", .. codec, "-f", "image2pipe", "pipe:1",
        ];
        (byte[] output, int exitCode, string errors) = Run(arguments, image.Rgb.ToArray());
        if (exitCode != 0 || output.Length == 0)
            throw new ImageFormatException($"The picture cannot be encoded: {errors}");
        return output;
    }

    private static string FormatOf(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return "png_pipe";
        if (data.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
            return "jpeg_pipe";
        if (data.StartsWith("GIF8"u8))
            return "gif";
        if (data.StartsWith("BM"u8))
            return "bmp_pipe";
        if (data.StartsWith("RIFF"u8) && data.Length > 12 && data[8..].StartsWith("WEBP"u8))
            return "webp_pipe";
        if (data.StartsWith<byte>([0x49, 0x49, 0x2A, 0x00]) || data.StartsWith<byte>([0x4D, 0x4D, 0x00, 0x2A]))
            return "tiff_pipe";
        if (data.StartsWith("qoif"u8))
            return "qoi_pipe";
        if (data.Length > 2 && data[0] == 'P' && char.IsWhiteSpace((char)data[2]) && data[1] is >= (byte)'1' and <= (byte)'6')
            return (data[1] % 3) switch { 1 => "pbm_pipe", 2 => "pgm_pipe", _ => "ppm_pipe" };
        throw new UnknownImageFormatException("Image cannot be loaded. The known formats are PNG, JPEG, GIF, BMP, WebP, TIFF, QOI and PBM.");
    }

    // "P6\nWIDTH HEIGHT\n255\n", then the pixels, as ffmpeg writes it; null for anything else.
    private static (ReadOnlyMemory<byte> Rgb, int Width, int Height)? PlainPpm(ReadOnlyMemory<byte> data)
    {
        Match header = Header().Match(Encoding.Latin1.GetString(data.Span[..Math.Min(data.Length, 32)]));
        if (!header.Success)
            return null;
        int width = int.Parse(header.Groups[1].ValueSpan, CultureInfo.InvariantCulture), height = int.Parse(header.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        ReadOnlyMemory<byte> rgb = data[header.Length..];
        return rgb.Length == 3L * width * height ? (rgb, width, height) : null;
    }

    [GeneratedRegex(@"^P6\n([1-9][0-9]{0,5}) ([1-9][0-9]{0,5})\n255\n")]
    private static partial Regex Header();

    private static (byte[] Output, int ExitCode, string Errors) Run(string[] arguments, ReadOnlyMemory<byte> input)
    {
        ProcessStartInfo start = new("ffmpeg", ["-hide_banner", "-nostdin", "-v", "error", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Start(start);
        // Input, output and messages each on its own: ffmpeg may stop reading while it writes.
        Task write = WriteAsync(process, input);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        write.GetAwaiter().GetResult();
        return (output.ToArray(), process.ExitCode, errors.GetAwaiter().GetResult().Trim());
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new FileNotFoundException("ffmpeg was not found on PATH; pictures are read and written with it (Debian: apt-get install ffmpeg).", start.FileName, error);
        }
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // ffmpeg has seen enough, or has failed; its exit code tells which.
        }
    }
}
