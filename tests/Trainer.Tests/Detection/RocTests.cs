using Realtime.Trainer.Detection;

namespace Realtime.Trainer.Tests.Detection;

public sealed class RocTests
{
    [Fact]
    public void The_area_is_the_share_of_pairs_in_the_right_order()
    {
        // Of the 3 x 2 pairs (0.1, 0.4, 0.8) against (0.35, 0.9) four are in order: 0.1 < 0.35, and all three below 0.9.
        Roc roc = new([0.8, 0.1, 0.4], [0.35, 0.9]);

        Assert.Equal(4.0 / 6, roc.Area, 12);
        Assert.Equal([(0, 0), (0, 0.5), (1.0 / 3, 0.5), (2.0 / 3, 0.5), (2.0 / 3, 1), (1, 1)], roc.Corners);
    }

    [Fact]
    public void Ties_count_half()
    {
        Assert.Equal(0.5, new Roc([0.5, 0.5], [0.5]).Area, 12);
        Assert.Equal((1 + 0.5 + 1 + 1) / 4, new Roc([0.2, 0.5], [0.5, 0.9]).Area, 12);
        Assert.Equal([(0, 0), (1, 1)], new Roc([0.5, 0.5], [0.5]).Corners);
    }

    [Fact]
    public void The_curve_rises_from_corner_to_corner()
    {
        Random random = new(3);
        double[] negatives = [.. Enumerable.Range(0, 300).Select(_ => Math.Round(random.NextDouble(), 2))], positives = [.. Enumerable.Range(0, 200).Select(_ => Math.Round(Math.Sqrt(random.NextDouble()), 2))];

        (double X, double Y)[] corners = [.. new Roc(negatives, positives).Corners];

        Assert.Equal((0, 0), corners[0]);
        Assert.Equal((1, 1), corners[^1]);
        Assert.All(corners.Zip(corners.Skip(1)), pair => Assert.True(pair.Second.X >= pair.First.X && pair.Second.Y >= pair.First.Y && pair.First != pair.Second));
        double pairs = negatives.Average(n => positives.Average(p => p > n ? 1 : p == n ? 0.5 : 0));
        Assert.Equal(pairs, new Roc(negatives, positives).Area, 9);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.013)]
    public void A_threshold_keeps_the_rate_and_is_the_lowest_that_does(double rate)
    {
        Random random = new(4);
        double[] scores = [.. Enumerable.Range(0, 400).Select(_ => Math.Round(random.NextDouble(), 3))];

        double threshold = Roc.Threshold(scores, rate);

        Assert.True(scores.Count(score => score >= threshold) <= rate * scores.Length);
        Assert.True(scores.Count(score => score >= Math.BitDecrement(threshold)) > rate * scores.Length);
    }

    [Fact]
    public void A_rate_of_less_than_one_picture_is_not_reported()
    {
        Roc roc = new(Enumerable.Range(0, 99).Select(i => i / 100.0), [0.985, 0.5]);

        Assert.Null(roc.TruePositives(0.01));
        Assert.Equal(1, roc.TruePositives(0.02)!.Value.Right);
        Assert.Equal(2, roc.TruePositives(0.02)!.Value.Count);
    }
}
