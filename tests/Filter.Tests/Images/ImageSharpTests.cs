using Realtime.Filter.Solids;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;

namespace Realtime.Filter.Tests.Images;

/// <summary>What the product expects of ImageSharp, in either package mode.</summary>
public sealed class ImageSharpTests : IDisposable
{
    private const int Width = 61;
    private const int Height = 47;

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-images-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_png_comes_back_byte_for_byte()
    {
        byte[] pixels = Picture();
        string path = Path.Combine(folder, "a picture, with spaces.png");
        using (Image<Rgb24> image = Image.LoadPixelData<Rgb24>(pixels, Width, Height))
            image.SaveAsPng(path);

        using Image<Rgb24> loaded = Image.Load<Rgb24>(path);
        byte[] back = new byte[pixels.Length];
        loaded.CopyPixelDataTo(back);
        Assert.Equal((Width, Height), (loaded.Width, loaded.Height));
        Assert.Equal(pixels, back);
    }

    [Theory]
    [InlineData("P6\n61 47\n255\n")]
    [InlineData("P6 # a comment\n61 47 255\n")]
    public void A_ppm_is_read_byte_for_byte(string header)
    {
        byte[] pixels = Picture(), file = [.. System.Text.Encoding.ASCII.GetBytes(header), .. pixels], back = new byte[pixels.Length];
        using MemoryStream stream = new(file);

        using Image<Rgb24> loaded = Image.Load<Rgb24>(stream);
        loaded.CopyPixelDataTo(back);

        Assert.Equal((Width, Height), (loaded.Width, loaded.Height));
        Assert.Equal(pixels, back);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    public void A_tiny_png_survives_a_stream(int width, int height)
    {
        byte[] pixels = Picture()[..(width * height * 3)];
        using MemoryStream stream = new();
        using (Image<Rgb24> image = Image.LoadPixelData<Rgb24>(pixels, width, height))
            image.SaveAsPng(stream);

        stream.Position = 0;
        using Image<Rgb24> loaded = Image.Load<Rgb24>(stream);
        byte[] back = new byte[pixels.Length];
        loaded.CopyPixelDataTo(back);
        Assert.Equal(pixels, back);
    }

    [Fact]
    public void A_jpeg_comes_back_nearly_and_better_at_higher_quality()
    {
        double low = JpegError(new JpegEncoder { Quality = 20 }), high = JpegError(new JpegEncoder { Quality = 95 });
        Assert.InRange(high, 0.01, 8);
        Assert.True(low > 1.5 * high, $"mean error {low} at quality 20, {high} at 95");
    }

    [Fact]
    public void Rows_are_given_top_down_as_rgb()
    {
        byte[] pixels = Picture();
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(pixels, Width, Height);
        image.ProcessPixelRows(rows =>
        {
            Rgb24 pixel = rows.GetRowSpan(3)[5];
            int at = ((3 * Width) + 5) * 3;
            Assert.Equal(new Rgb24(pixels[at], pixels[at + 1], pixels[at + 2]), pixel);
            Assert.Equal((Width, Height), (rows.Width, rows.Height));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is a text, not a picture")]
    public void Something_else_is_an_unknown_format(string content)
    {
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Throws<UnknownImageFormatException>(() => Image.Load<Rgb24>(stream));
    }

    [Fact]
    public void A_png_that_breaks_off_in_its_header_is_invalid()
    {
        using MemoryStream whole = new();
        using (Image<Rgb24> image = Image.LoadPixelData<Rgb24>(Picture(), Width, Height))
            image.SaveAsPng(whole);
        using MemoryStream cut = new(whole.ToArray()[..20]);
        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(cut));
    }

    [Fact]
    public void A_missing_file_is_told_as_such() =>
        Assert.Throws<FileNotFoundException>(() => Image.Load<Rgb24>(Path.Combine(folder, "none.png")));

    private static double JpegError(JpegEncoder encoder)
    {
        byte[] pixels = Picture(), back = new byte[pixels.Length];
        using MemoryStream stream = new();
        using (Image<Rgb24> image = Image.LoadPixelData<Rgb24>(pixels, Width, Height))
            image.SaveAsJpeg(stream, encoder);
        stream.Position = 0;
        using Image<Rgb24> loaded = Image.Load<Rgb24>(stream);
        loaded.CopyPixelDataTo(back);
        return pixels.Zip(back, (a, b) => Math.Abs(a - b)).Average();
    }

    private static byte[] Picture()
    {
        byte[] pixels = new byte[Width * Height * 3];
        SolidsPictures.Render(1, 3, Width, Height, pixels);
        return pixels;
    }
}
