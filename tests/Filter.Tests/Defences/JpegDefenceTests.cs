using Realtime.Filter.Defences;

namespace Realtime.Filter.Tests.Defences;

public sealed class JpegDefenceTests
{
    // libjpeg's transforms are integer: a frequency on a half step may round the other way, which moves its block by a level or two.
    [Theory]
    [InlineData(75)]
    [InlineData(20)]
    public void It_gives_the_picture_that_libjpeg_decodes(int quality)
    {
        using JpegDefence defence = new(quality);
        int plane = JpegReference.Width * JpegReference.Height;
        float[] picture = [.. Enumerable.Range(0, 3 * plane).Select(i => JpegReference.Picture[(i % plane * 3) + (i / plane)] / 255f)];

        float[] defended = defence.Defend(picture, JpegReference.Width, JpegReference.Height);

        byte[] expected = JpegReference.Decoded(quality);
        int[] errors = [.. Enumerable.Range(0, 3 * plane).Select(i => Math.Abs((int)MathF.Round(defended[i] * 255) - expected[(i % plane * 3) + (i / plane)]))];
        Assert.InRange(errors.Average(), 0, 0.9);
        Assert.InRange(errors.Max(), 0, 8);
    }

    [Fact]
    public void The_results_are_whole_levels_and_plain_grey_survives()
    {
        using JpegDefence defence = new(90);
        float[] picture = new float[3 * 11 * 6];
        Array.Fill(picture, 128 / 255f);

        Assert.Equal(picture, defence.Defend(picture, 11, 6));
        Assert.All(defence.Defend(Pictures.Noise(picture.Length, 1), 11, 6), value => Assert.Equal(MathF.Round(value * 255), value * 255, 1e-4f));
    }

    [Fact]
    public void A_higher_quality_stays_nearer()
    {
        float[] picture = Pictures.Noise(3 * 32 * 32, 2);
        double[] errors = [.. ((int[])[5, 25, 50, 75, 95]).Select(quality =>
        {
            using JpegDefence defence = new(quality);
            return defence.Defend(picture, 32, 32).Zip(picture, (a, b) => (double)(a - b) * (a - b)).Average();
        })];

        Assert.Equal(errors.OrderDescending(), errors);
    }

    [Fact]
    public void The_transform_is_orthogonal()
    {
        float[] block = Pictures.Noise(64, 3), kept = [.. block];

        Dct8.Forward(block);
        Assert.Equal(kept.Sum() / 8, block[0], 1e-5);                        // the DC of T.81 is the mean times 8
        Assert.Equal(Pictures.Dot(kept, kept), Pictures.Dot(block, block), 1e-4);
        Dct8.Inverse(block);

        Assert.All(block.Zip(kept), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }
}
