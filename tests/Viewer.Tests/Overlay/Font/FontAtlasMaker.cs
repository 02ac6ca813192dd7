using System.IO.Compression;
using System.Numerics;
using System.Runtime.CompilerServices;
using Realtime.Filter.Captions.Font;

namespace Realtime.Viewer.Tests.Overlay.Font;

/// <summary>
/// Makes the atlas from the font's outlines, exactly. The committed file is checked against it where Debian's fonts-dejavu-core is
/// installed; REALTIME_WRITE_ATLAS=1 writes it anew.
/// </summary>
public sealed class FontAtlasMaker
{
    private const string Folder = "/usr/share/fonts/truetype/dejavu";
    private const float UnitsPerEm = 2048;

    [SkippableFact]
    public void The_atlas_is_that_of_the_font()
    {
        Skip.IfNot(Directory.Exists(Folder), "fonts-dejavu-core is not installed");
        byte[] expected = [.. Make("DejaVuSansMono.ttf"), .. Make("DejaVuSansMono-Bold.ttf")];
        if (Environment.GetEnvironmentVariable("REALTIME_WRITE_ATLAS") == "1")
            Write(expected);

        using Stream packed = typeof(FontAtlas).Assembly.GetManifestResourceStream("Realtime.Filter.Captions.Font.DejaVuSansMono.sdf.gz")!;
        using GZipStream stream = new(packed, CompressionMode.Decompress);
        using MemoryStream samples = new();
        stream.CopyTo(samples);

        byte[] actual = samples.ToArray();
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(0, expected.Zip(actual).Count(pair => Math.Abs(pair.First - pair.Second) > 1));
    }

    private static byte[] Make(string name)
    {
        TrueType font = new(File.ReadAllBytes(Path.Combine(Folder, name)));
        byte[] samples = new byte[FontAtlas.Letters.Length * FontAtlas.CellWidth * FontAtlas.CellHeight];
        Parallel.For(0, FontAtlas.Letters.Length, i =>
        {
            int glyph = font.Glyph(FontAtlas.Letters[i]);
            Assert.NotEqual(0, glyph);
            Cell(font.Outline(glyph), samples.AsSpan(i * FontAtlas.CellWidth * FontAtlas.CellHeight));
        });
        return samples;
    }

    private static void Cell(List<(Vector2 From, Vector2 To)> outline, Span<byte> cell)
    {
        for (int row = 0; row < FontAtlas.CellHeight; row++)
            for (int column = 0; column < FontAtlas.CellWidth; column++)
            {
                Vector2 at = new Vector2(column + 0.5f - FontAtlas.Spread, FontAtlas.Baseline - row - 0.5f) * UnitsPerEm / FontAtlas.Em;
                float nearest = float.MaxValue;
                int winding = 0;
                foreach ((Vector2 from, Vector2 to) in outline)
                {
                    Vector2 along = to - from, offset = at - from;
                    float part = along == Vector2.Zero ? 0 : Math.Clamp(Vector2.Dot(offset, along) / along.LengthSquared(), 0, 1);
                    nearest = Math.Min(nearest, (offset - (part * along)).LengthSquared());
                    if (from.Y <= at.Y != to.Y <= at.Y && from.X + ((at.Y - from.Y) / along.Y * along.X) > at.X)
                        winding += to.Y > from.Y ? 1 : -1;
                }
                float distance = MathF.Sqrt(nearest) * FontAtlas.Em / UnitsPerEm * (winding != 0 ? 1 : -1);
                cell[(row * FontAtlas.CellWidth) + column] = (byte)Math.Clamp(MathF.Round(FontAtlas.Edge + (distance * 127 / FontAtlas.Spread)), 0, 255);
            }
    }

    private static void Write(byte[] samples, [CallerFilePath] string here = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(here)!, "../../../../src/Filter/Captions/Font/DejaVuSansMono.sdf.gz");
        using GZipStream stream = new(File.Create(path), CompressionLevel.SmallestSize);
        stream.Write(samples);
    }
}
