using Realtime.Filter.Metrics;

namespace Realtime.Filter.Tests.Metrics;

public sealed class SsimTests
{
    // Computed by the definition in double: at every place the 121 weights exp(-(i² + j²) / 4.5) over their sum, then weighted means,
    // variances and covariance around those means, each in a loop of its own (Python).
    [Theory]
    [InlineData(32, 32, 3, 0.9269679634640781)]
    [InlineData(11, 11, 1, 0.9159485347762838)]
    [InlineData(17, 24, 3, 0.9286060229716628)]
    public void It_has_the_values_of_the_definition(int width, int height, int channels, double expected)
    {
        float[] first = new float[channels * height * width], second = new float[first.Length];
        for (int i = 0; i < first.Length; i++)
        {
            int x = i % width, y = i / width % height, c = i / (width * height);
            first[i] = ((3 * x) + (5 * y) + (7 * c) + (x * y)) % 32 / 31f;
            second[i] = Math.Min(1, (first[i] * 0.75f) + (((x * 7) + (y * 11) + (c * 3)) % 16 / 64f));
        }

        Assert.Equal(expected, Ssim.Between(first, second, width, height), 1e-6);
        Assert.Equal(expected, Ssim.Between(second, first, width, height), 1e-6);
    }

    [Fact]
    public void Equal_pictures_have_one_and_plain_ones_their_luminance_term()
    {
        float[] grey = new float[3 * 16 * 16], light = new float[grey.Length];
        Array.Fill(grey, 0.4f);
        Array.Fill(light, 0.6f);

        Assert.Equal(1, Ssim.Between(grey, grey, 16, 16), 1e-12);
        Assert.Equal(((2 * 0.4 * 0.6) + 1e-4) / ((0.4 * 0.4) + (0.6 * 0.6) + 1e-4), Ssim.Between(grey, light, 16, 16), 1e-6);
    }

    [Fact]
    public void A_negative_of_zero_mean_contrast_is_far_away()
    {
        float[] picture = [.. Enumerable.Range(0, 3 * 20 * 20).Select(i => i * 7919 % 101 / 100f)], negative = [.. picture.Select(value => 1 - value)];

        Assert.True(Ssim.Between(picture, negative, 20, 20) < -0.5);
    }

    [Fact]
    public void Pictures_below_the_window_and_of_other_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Ssim.Between(new float[300], new float[300], 10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ssim.Between(new float[363], new float[362], 11, 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ssim.Between(new float[364], new float[364], 11, 11));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ssim.Between([], [], 11, 11));
    }
}
