using Realtime.Filter.Detection;

namespace Realtime.Filter.Tests.Detection;

public sealed class AttackFeaturesTests
{
    private static readonly float[] Grey = [.. Enumerable.Repeat(0.5f, 3 * 5 * 4)];

    [Fact]
    public void What_the_purifier_leaves_as_it_is_has_no_sign_of_an_attack()
    {
        double[] features = Measure([2, -1, 0.5f], [2, -1, 0.5f], Grey, Grey);

        Assert.Equal([0, 0, 0, 0, 0, 0], features);
    }

    [Fact]
    public void Two_answers_are_compared_as_probabilities()
    {
        // 3 to 1 before, 1 to 3 after: p = (3/4, 1/4), q = (1/4, 3/4), their middle (1/2, 1/2).
        float lead = MathF.Log(3);
        double[] features = Measure([lead, 0], [0, lead], Grey, Grey);

        Assert.Equal(0.5, features[0], 6);
        Assert.Equal((0.75 * Math.Log2(1.5)) + (0.25 * Math.Log2(0.5)), features[1], 6);
        Assert.Equal(1, features[AttackFeatures.Flip]);
        Assert.Equal(Math.Asinh(2 * lead), features[3], 6);
    }

    [Fact]
    public void Certain_answers_that_disagree_are_as_far_apart_as_can_be()
    {
        double[] features = Measure([1000, -1000, 0], [-1000, 1000, 0], Grey, Grey);

        Assert.Equal([1, 1, 1], features[..3]);
        Assert.All(features, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void A_change_counts_in_levels_and_against_the_detail_of_the_purified_picture()
    {
        // One bright value in the middle of a plane: |Laplacian| is 4 levels there and 1 level at the three neighbours that lie inside.
        float[] dotted = [.. Grey];
        dotted[(2 * 5) + 2] += 1 / 255f;
        float[] brighter = [.. dotted.Select(value => value + (6 / 255f))];

        double[] features = Measure([1, 0], [1, 0], brighter, dotted);

        Assert.Equal(Math.Log(1 + 6), features[4], 4);
        double detail = (4 + 1 + 1 + 1) / 4.0 / (3 * 3 * 2);
        Assert.Equal(Math.Log(6.5 / (detail + 0.5)), features[5], 3);
    }

    [Fact]
    public void A_picture_costs_no_memory()
    {
        float[] one = [1, 0, 3], other = [0, 2, 1];
        double[] features = new double[AttackFeatures.Count];
        AttackFeatures.Measure(one, other, Grey, Grey, 5, features);

        long before = GC.GetAllocatedBytesForCurrentThread();
        AttackFeatures.Measure(one, other, Grey, Grey, 5, features);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static double[] Measure(float[] raw, float[] purified, float[] picture, float[] cleaned)
    {
        double[] features = new double[AttackFeatures.Count];
        AttackFeatures.Measure(raw, purified, picture, cleaned, 5, features);
        return features;
    }
}
