namespace Realtime.Filter.Defences;

/// <summary>
/// JPEG and back: baseline, 4:2:0, with the tables of ITU-T T.81 annex K scaled as the IJG library scales them. What a file would hold is
/// quantised frequencies, packed without loss; leaving the packing out gives the decoder's picture at a hundredth of the time of a codec's
/// process, and the same one on every machine. Chroma is averaged over 2x2 pixels and comes back by the triangle filter, as libjpeg does it.
/// </summary>
public sealed class JpegDefence : ClassicalDefence
{
    private static readonly byte[] LumaTable =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly byte[] ChromaTable =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    private readonly int quality;
    private readonly float[] lumaSteps;
    private readonly float[] chromaSteps;
    private JpegPlane luma;
    private JpegPlane blue;
    private JpegPlane red;

    /// <summary>Creates the defence.</summary>
    /// <param name="quality">1..100 on the IJG scale.</param>
    public JpegDefence(int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        this.quality = quality;
        lumaSteps = Scale(LumaTable);
        chromaSteps = Scale(ChromaTable);
        (luma, blue, red) = Planes(1, 1);
    }

    /// <inheritdoc/>
    public override string Name => $"jpeg-{quality}";

    /// <inheritdoc/>
    protected override void Begin(int count, int width, int height)
    {
        if (luma.Width != width || luma.Height != height)
            (luma, blue, red) = Planes(width, height);
    }

    /// <inheritdoc/>
    protected override void DefendOne(int index, ReadOnlySpan<float> picture, Random random, Span<float> defended)
    {
        Split(picture);
        luma.Quantise();
        blue.Quantise();
        red.Quantise();
        Join(defended);
    }

    private static float Level(float value) => MathF.Round(Math.Clamp(value, 0, 1) * 255);

    /// <summary>RGB to YCbCr (JFIF 1.02), in whole levels; the picture's edge fills the last blocks.</summary>
    private void Split(ReadOnlySpan<float> picture)
    {
        for (int y = 0; y < luma.WholeHeight; y++)
        {
            for (int x = 0; x < luma.WholeWidth; x++)
                luma[x, y] = Colour(picture, x, y).Luma;
        }

        for (int y = 0; y < blue.WholeHeight; y++)
        {
            for (int x = 0; x < blue.WholeWidth; x++)
                (blue[x, y], red[x, y]) = Averaged(picture, x, y);
        }
    }

    /// <summary>The mean chroma of 2x2 pixels; as in libjpeg, halves go up in every other column only, so that the mean does not drift.</summary>
    private (float Blue, float Red) Averaged(ReadOnlySpan<float> picture, int x, int y)
    {
        float blueSum = 1 + (x % 2), redSum = blueSum;
        for (int corner = 0; corner < 4; corner++)
        {
            (_, float cb, float cr) = Colour(picture, (2 * x) + (corner % 2), (2 * y) + (corner / 2));
            blueSum += cb;
            redSum += cr;
        }

        return (MathF.Floor(blueSum / 4), MathF.Floor(redSum / 4));
    }

    private (float Luma, float Blue, float Red) Colour(ReadOnlySpan<float> picture, int x, int y)
    {
        int plane = luma.Width * luma.Height, at = (Math.Min(y, luma.Height - 1) * luma.Width) + Math.Min(x, luma.Width - 1);
        float r = Level(picture[at]), g = Level(picture[plane + at]), b = Level(picture[(2 * plane) + at]);
        float cb = Math.Min(255, MathF.Round(128 - (0.168736f * r) - (0.331264f * g) + (0.5f * b)));
        float cr = Math.Min(255, MathF.Round(128 + (0.5f * r) - (0.418688f * g) - (0.081312f * b)));
        return (MathF.Round((0.299f * r) + (0.587f * g) + (0.114f * b)), cb, cr);
    }

    private void Join(Span<float> defended)
    {
        int width = luma.Width, plane = width * luma.Height;
        for (int i = 0; i < plane; i++)
        {
            int x = i % width, y = i / width;
            float light = luma[x, y], cb = Enlarged(blue, x, y) - 128, cr = Enlarged(red, x, y) - 128;
            defended[i] = Level((light + (1.402f * cr)) / 255) / 255;
            defended[plane + i] = Level((light - (0.344136f * cb) - (0.714136f * cr)) / 255) / 255;
            defended[(2 * plane) + i] = Level((light + (1.772f * cb)) / 255) / 255;
        }
    }

    /// <summary>Three parts of the near sample to one of the next, in both directions.</summary>
    private static float Enlarged(JpegPlane chroma, int x, int y)
    {
        int nearX = x / 2, nearY = y / 2, farX = nearX + ((x % 2 * 2) - 1), farY = nearY + ((y % 2 * 2) - 1);
        float near = (3 * chroma[nearX, nearY]) + chroma[nearX, farY], far = (3 * chroma[farX, nearY]) + chroma[farX, farY];
        return MathF.Round(((3 * near) + far) / 16);
    }

    private (JpegPlane Luma, JpegPlane Blue, JpegPlane Red) Planes(int width, int height)
    {
        int halfWidth = (width + 1) / 2, halfHeight = (height + 1) / 2;
        return (new(width, height, lumaSteps), new(halfWidth, halfHeight, chromaSteps), new(halfWidth, halfHeight, chromaSteps));
    }

    private float[] Scale(byte[] table)
    {
        int percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        return [.. table.Select(step => (float)Math.Clamp(((step * percent) + 50) / 100, 1, 255))];
    }
}
