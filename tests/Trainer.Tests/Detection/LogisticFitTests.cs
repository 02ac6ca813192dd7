using Realtime.Trainer.Detection;

namespace Realtime.Trainer.Tests.Detection;

public sealed class LogisticFitTests
{
    [Fact]
    public void Separable_classes_give_their_direction_with_finite_weights()
    {
        // Along (1, 1), with a gap; across it both are alike.
        double[][] low = [[-1, -1], [-2, 0], [0, -2], [-3, -1]], high = [[1, 1], [2, 0], [0, 2], [3, 1]];

        (double[] weights, double bias) = LogisticFit.Fit(low, high);

        Assert.All(weights, weight => Assert.InRange(weight, 0.5, 20));
        Assert.InRange(weights[0] / weights[1], 0.5, 2);
        Assert.All(low, row => Assert.True(Odds(row) < 0));
        Assert.All(high, row => Assert.True(Odds(row) > 0));

        double Odds(double[] row) => (weights[0] * row[0]) + (weights[1] * row[1]) + bias;
    }

    [Fact]
    public void The_numbers_of_the_two_classes_do_not_move_the_border()
    {
        double[][] low = [[-2], [-1], [0], [0.5]], high = [[0], [0.5], [1], [2]];

        (double[] even, double evenBias) = LogisticFit.Fit(low, high);
        (double[] uneven, double unevenBias) = LogisticFit.Fit([.. Enumerable.Repeat(low, 50).SelectMany(rows => rows)], high);

        Assert.Equal(even[0], uneven[0], 9);
        Assert.Equal(evenBias, unevenBias, 9);
    }

    [Fact]
    public void Shares_that_are_known_are_found()
    {
        // At 1 three of four are positive, at 0 one of four: log-odds ln 3 and -ln 3, all but the ridge.
        double[][] low = [[1], [0], [0], [0]], high = [[1], [1], [1], [0]];

        (double[] weights, double bias) = LogisticFit.Fit(low, high);

        Assert.Equal(2 * Math.Log(3), weights[0], 0.05);
        Assert.Equal(-Math.Log(3), bias, 0.05);
    }

    [Fact]
    public void Far_outliers_and_features_that_say_nothing_do_no_harm()
    {
        Random random = new(1);
        double[][] low = [.. Enumerable.Range(0, 200).Select(_ => new[] { random.NextDouble() * 1e3, 0.0 })], high = [.. low.Select(row => new[] { row[0] + 1e4, 0 })];

        (double[] weights, double bias) = LogisticFit.Fit(low, high);

        Assert.True(double.IsFinite(bias) && weights[0] > 0);
        Assert.Equal(0, weights[1]);
        Assert.Equal((weights[0], bias), (LogisticFit.Fit(low, high).Weights[0], LogisticFit.Fit(low, high).Bias));
    }
}
