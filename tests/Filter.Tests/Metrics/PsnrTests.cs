using Realtime.Filter.Metrics;

namespace Realtime.Filter.Tests.Metrics;

public sealed class PsnrTests
{
    [Fact]
    public void Equal_pictures_are_infinitely_near()
    {
        Assert.Equal(double.PositiveInfinity, Psnr.Between([1, 2, 3], (ReadOnlySpan<byte>)[1, 2, 3]));
        Assert.Equal(double.PositiveInfinity, Psnr.Between([0.1f, 0.2f], (ReadOnlySpan<float>)[0.1f, 0.2f]));
    }

    [Fact]
    public void One_level_everywhere_is_48_13_decibels()
    {
        byte[] first = new byte[1001], second = new byte[1001];
        Array.Fill(second, (byte)1);

        Assert.Equal(20 * Math.Log10(255), Psnr.Between(first, second), 1e-9);
        Assert.Equal(48.1308, Psnr.Between(first, second), 1e-4);
    }

    [Fact]
    public void The_squared_error_is_exact_on_any_length_and_on_extremes()
    {
        Random random = new(1);
        foreach (int length in (int[])[1, 31, 32, 33, 257, 5000])
        {
            byte[] first = new byte[length], second = new byte[length];
            random.NextBytes(first);
            random.NextBytes(second);
            first[0] = 255;
            second[0] = 0;
            long expected = first.Zip(second, (a, b) => (long)(a - b) * (a - b)).Sum();

            Assert.Equal(expected, Psnr.SquaredError(first, second));
        }

        byte[] white = new byte[64 * 64];
        Array.Fill(white, (byte)255);
        Assert.Equal(64L * 64 * 255 * 255, Psnr.SquaredError(white, new byte[64 * 64]));
    }

    [Fact]
    public void Float_and_8_bit_pictures_agree()
    {
        Random random = new(9);
        byte[] first = new byte[10000], second = new byte[10000];
        random.NextBytes(first);
        random.NextBytes(second);

        double floats = Psnr.Between([.. first.Select(v => v / 255f)], (ReadOnlySpan<float>)[.. second.Select(v => v / 255f)]);

        Assert.Equal(Psnr.Between(first, second), floats, 1e-4);
    }

    [Fact]
    public void Pictures_of_different_or_no_size_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Psnr.Between([1, 2], (ReadOnlySpan<byte>)[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Psnr.Between([], (ReadOnlySpan<float>)[]));
    }
}
