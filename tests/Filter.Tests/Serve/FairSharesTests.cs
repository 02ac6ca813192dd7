using Realtime.Filter.Serve;

namespace Realtime.Filter.Tests.Serve;

public sealed class FairSharesTests
{
    [Theory]
    [InlineData("10", 4, 0, "4")]
    [InlineData("10 10", 8, 0, "4 4")]
    [InlineData("10 10 10", 8, 0, "3 3 2")]
    [InlineData("10 10 10", 8, 1, "2 3 3")]
    [InlineData("10 10 10", 8, 2, "3 2 3")]
    [InlineData("1 10 10", 8, 0, "1 4 3")]
    [InlineData("0 10 0", 8, 0, "0 8 0")]
    [InlineData("1 2 3", 100, 0, "1 2 3")]
    [InlineData("1000 1", 2, 0, "1 1")]
    [InlineData("5 5 5", 2, 2, "1 0 1")]
    public void Every_stream_gets_the_same_unless_it_needs_less(string waiting, int room, int first, string expected)
    {
        int[] wanted = [.. waiting.Split(' ').Select(int.Parse)], shares = new int[wanted.Length];

        FairShares.Split(wanted, shares, room, first);

        Assert.Equal(expected, string.Join(' ', shares));
    }

    [Theory]
    [InlineData(5, 8, 5)]
    [InlineData(8, 8, 8)]
    [InlineData(9, 8, 5)]
    [InlineData(414, 128, 104)]
    public void Batches_are_few_and_even(int waiting, int most, int batch) => Assert.Equal(batch, FairShares.BatchOf(waiting, most));

    [Fact]
    public void Every_split_is_whole_and_fair()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            Random random = new(seed);
            int[] waiting = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(0, 40))], shares = new int[waiting.Length];
            int room = random.Next(1, 100), first = random.Next(waiting.Length);

            FairShares.Split(waiting, shares, room, first);

            Assert.Equal(Math.Min(room, waiting.Sum()), shares.Sum());
            int[] wanting = [.. shares.Where((share, i) => share < waiting[i])];
            Assert.All(shares.Zip(waiting), pair => Assert.InRange(pair.First, 0, pair.Second));
            Assert.True(wanting.Length == 0 || shares.Max() - wanting.Min() <= 1, $"seed {seed}: {string.Join(' ', shares)} of {string.Join(' ', waiting)}");
        }
    }
}
