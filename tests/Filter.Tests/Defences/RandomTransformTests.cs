using Realtime.Filter.Defences;

namespace Realtime.Filter.Tests.Defences;

public sealed class RandomTransformTests
{
    private const int Edge = 32, Plane = Edge * Edge, Length = 3 * Plane;
    private const int Block = 4, BlocksOfEdge = 8;

    [Fact]
    public void A_quarter_of_the_blocks_is_grey_and_the_rest_stays()
    {
        float[] picture = [.. Pictures.Noise(Length, 1).Select(value => 0.4f * value)];     // never grey
        (float[] seen, float[] slopes, float[] missing) = Apply(RandomTransform.Rt1, picture, new Random(2));

        Assert.Equal(16, BlocksOf(missing).Sum());
        for (int i = 0; i < Length; i++)
        {
            bool isMissing = BlocksOf(missing)[BlockOf(i)] == 1;
            Assert.Equal(isMissing ? 0.5f : picture[i], seen[i]);
            Assert.Equal(isMissing ? 0 : 1, slopes[i]);
        }
    }

    [Fact]
    public void Every_block_is_missing_equally_often()
    {
        const int Draws = 2000;
        Random random = new(3);
        double[] counts = new double[BlocksOfEdge * BlocksOfEdge];
        for (int draw = 0; draw < Draws; draw++)
        {
            int[] blocks = BlocksOf(Apply(RandomTransform.Rt1, new float[Length], random).Missing);
            for (int b = 0; b < counts.Length; b++)
                counts[b] += blocks[b];
        }

        // A share of 0.25 over 2,000 draws has a deviation of 0.0097; five of them for the worst of 64.
        Assert.All(counts, count => Assert.Equal(0.25, count / Draws, 0.05));
    }

    [Theory]
    [InlineData(8.0)]
    [InlineData(25.5)]
    public void Noise_has_its_deviation_and_no_mean(double levels)
    {
        float[] grey = new float[Length];
        Array.Fill(grey, 0.5f);
        (float[] seen, float[] slopes, _) = Apply(RandomTransform.Of(levels, 0), grey, new Random(4));
        double[] noise = [.. seen.Select(value => 255.0 * (value - 0.5))];

        Assert.Equal(0, noise.Average(), 4 * levels / Math.Sqrt(Length));
        Assert.Equal(levels, Math.Sqrt(noise.Average(n => n * n)), 0.05 * levels);
        Assert.InRange(Math.Abs(noise.Zip(noise.Skip(1), (a, b) => a * b).Average()), 0, 0.1 * levels * levels);
        Assert.All(slopes, slope => Assert.Equal(1, slope));
    }

    [Fact]
    public void Noisy_pixels_stay_in_range_and_lose_their_slope_at_its_end()
    {
        (float[] seen, float[] slopes, _) = Apply(RandomTransform.Of(64, 0), new float[Length], new Random(5));

        Assert.All(seen, value => Assert.InRange(value, 0, 1));
        Assert.Equal(0.5, seen.Count(value => value == 0) / (double)Length, 0.05);      // half of the noise is negative
        Assert.All(seen.Zip(slopes), pair => Assert.Equal(pair.First is > 0 and < 1 ? 1 : 0, pair.Second));
    }

    [Fact]
    public void The_second_transform_is_noise_of_a_quarter_of_the_range_and_then_blocks()
    {
        float[] grey = new float[Length];
        Array.Fill(grey, 0.5f);
        (float[] seen, _, float[] missing) = Apply(RandomTransform.Rt2, grey, new Random(6));

        Assert.Equal(16, BlocksOf(missing).Sum());
        Assert.All(seen.Zip(missing).Where(pair => pair.Second == 1), pair => Assert.Equal(0.5f, pair.First));      // no noise on what is missing
        double[] inside = [.. seen.Zip(missing).Where(pair => pair.Second == 0).Select(pair => (double)pair.First - 0.5)];
        // Two deviations reach the ends of the range: P(|n| < 0.25) is that of one deviation.
        Assert.Equal(0.683, inside.Count(n => Math.Abs(n) < 0.25) / (double)inside.Length, 0.03);
    }

    [Fact]
    public void In_the_third_every_block_is_missing_in_one_of_four_copies_of_one_noisy_picture()
    {
        (float[] seen, _, float[] missing) = Apply(RandomTransform.Rt3, Pictures.Noise(Length, 7), new Random(8));
        float[][] copies = [.. seen.Chunk(Length)], masks = [.. missing.Chunk(Length)];

        Assert.Equal(4, copies.Length);
        Assert.All(masks, mask => Assert.Equal(16, BlocksOf(mask).Sum()));
        for (int i = 0; i < Length; i++)
        {
            Assert.Equal(1, masks.Sum(mask => mask[i]));
            float[] values = [.. copies.Where((_, copy) => masks[copy][i] == 0).Select(copy => copy[i]).Distinct()];
            Assert.Single(values);
        }
    }

    [Theory]
    [InlineData(33, 7)]
    [InlineData(20, 30)]
    [InlineData(3, 2)]
    [InlineData(160, 160)]
    public void Any_size_is_covered_by_blocks(int width, int height)
    {
        int length = 3 * width * height;
        float[] seen = new float[4 * length], slopes = new float[4 * length], missing = new float[4 * length];
        RandomTransform.Rt3.Apply(new float[length], width, height, new Random(9), seen, slopes, missing);

        for (int i = 0; i < length; i++)
            Assert.Equal(1, Enumerable.Range(0, 4).Sum(copy => missing[(copy * length) + i]));
    }

    [Theory]
    [InlineData(8, 0, "noise-8")]
    [InlineData(0, 0.5, "mask-0.5")]
    [InlineData(2.5, 0.25, "noise-2.5+mask-0.25")]
    public void A_transform_is_named_as_the_chain_that_it_is(double noise, double missing, string name) =>
        Assert.Equal(name, RandomTransform.Of(noise, missing).Name);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(256, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, 1)]
    [InlineData(8, 0.001)]
    [InlineData(0, 0)]
    public void A_strength_out_of_range_is_refused(double noise, double missing) =>
        Assert.ThrowsAny<ArgumentException>(() => RandomTransform.Of(noise, missing));

    private static (float[] Seen, float[] Slopes, float[] Missing) Apply(RandomTransform transform, float[] picture, Random random)
    {
        int all = transform.Copies * picture.Length;
        (float[] seen, float[] slopes, float[] missing) = (new float[all], new float[all], new float[all]);
        transform.Apply(picture, Edge, Edge, random, seen, slopes, missing);
        return (seen, slopes, missing);
    }

    private static int BlockOf(int value) => (value % Plane / Edge / Block * BlocksOfEdge) + (value % Edge / Block);

    /// <summary>1 for each block that is missing as a whole, in every channel; a block that is missing in part fails.</summary>
    private static int[] BlocksOf(float[] missing)
    {
        double[] sums = new double[BlocksOfEdge * BlocksOfEdge];
        for (int i = 0; i < missing.Length; i++)
            sums[BlockOf(i)] += missing[i];
        Assert.All(sums, sum => Assert.True(sum is 0 or 3 * Block * Block, $"a block with {sum} missing values"));
        return [.. sums.Select(sum => sum > 0 ? 1 : 0)];
    }
}
