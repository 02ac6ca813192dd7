using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Tiles;

public sealed class PixelDifferenceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(255)]
    public void One_value_beyond_the_tolerance_is_found_wherever_it_stands(int tolerance)
    {
        foreach (int length in new[] { 0, 1, 31, 32, 33, 95, 96, 200 })
        {
            byte[] first = new byte[length], second = new byte[length];
            new Random(length).NextBytes(first);
            for (int i = 0; i < length; i++)
                second[i] = (byte)(first[i] + tolerance <= 255 ? first[i] + tolerance : Math.Max(0, first[i] - tolerance));
            Assert.True(PixelDifference.IsWithin(first, second, tolerance));
            for (int i = 0; i < length && tolerance < 127; i++)
            {
                byte was = second[i];
                second[i] = (byte)(first[i] > 127 ? first[i] - tolerance - 1 : first[i] + tolerance + 1);
                Assert.False(PixelDifference.IsWithin(first, second, tolerance));
                Assert.False(PixelDifference.IsWithin(second, first, tolerance));
                second[i] = was;
            }
        }
    }
}
