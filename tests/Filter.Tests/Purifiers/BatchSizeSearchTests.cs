using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Tests.Purifiers;

public sealed class BatchSizeSearchTests
{
    private static readonly int[] Sizes = [4, 8, 16, 32, 64];

    private readonly List<int> asked = [];

    [Theory]
    [InlineData(new[] { 5.0, 4.0, 3.0, 2.0, 1.0 }, 64)]             // the larger the better
    [InlineData(new[] { 1.0, 1.2, 1.4, 1.6, 1.8 }, 4)]              // the smaller the better
    [InlineData(new[] { 1.3, 1.0, 1.1, 1.2, 1.3 }, 8)]
    [InlineData(new[] { 1.2, 1.1, 1.0, 1.01, 1.3 }, 32)]            // no slower but for noise: then the larger
    [InlineData(new[] { 1.0, 1.2, 0.9, 1.2, 1.2 }, 16)]             // one slow size in between ends nothing
    public void The_fastest_size_is_found(double[] times, int best) => Assert.Equal(best, Choose(200, (size, _) => times[Array.IndexOf(Sizes, size)]));

    [Fact]
    public void Two_slower_sizes_in_a_row_end_the_search_and_only_near_ones_are_measured_again()
    {
        Assert.Equal(4, Choose(200, (size, _) => size switch { 4 => 1, 8 => 1.1, 16 => 1.3, _ => 0.1 }));
        Assert.Equal([4, 8, 16, 4, 8, 4, 8], asked);
    }

    [Fact]
    public void What_was_slow_once_is_not_held_against_a_size() => Assert.Equal(4, Choose(200, (size, time) => size == 4 && time == 1 ? 1.15 : 1 + (size / 100.0)));

    [Theory]
    [InlineData(1, new int[0], 1)]
    [InlineData(4, new int[0], 4)]
    [InlineData(5, new[] { 4, 5 }, 5)]
    [InlineData(30, new[] { 4, 8, 16, 30 }, 30)]
    [InlineData(64, new[] { 4, 8, 16, 32, 64 }, 64)]
    [InlineData(65, new[] { 4, 8, 16, 32, 64 }, 64)]
    public void No_size_is_above_a_core_s_share(int share, int[] measured, int best)
    {
        Assert.Equal(best, Choose(share, (size, _) => 1 + (1.0 / (100 * size))));
        Assert.Equal([.. measured, .. measured, .. measured], asked);
    }

    // timePerTile is given the size and how often it was asked for it
    private int Choose(int share, Func<int, int, double> timePerTile) => BatchSizeSearch.Choose(share, size =>
    {
        asked.Add(size);
        return timePerTile(size, asked.Count(one => one == size));
    });
}
