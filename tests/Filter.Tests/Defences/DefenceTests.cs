using Realtime.Filter.Defences;

namespace Realtime.Filter.Tests.Defences;

public sealed class DefenceTests
{
    public static TheoryData<string> All => [.. DefenceFactory.Examples];

    public static TheoryData<string, int, int> Exact => new()
    {
        { "median-3", 7, 5 },
        { "median-5", 2, 3 },
        { "blur-0.6", 7, 5 },
        { "blur-2.5", 3, 2 },
        { "resize-pad", 32, 32 },
        { "resize-pad", 21, 12 },
        { "noise-20", 7, 5 },
        { "mask-0.25", 24, 20 },
        { "rt2", 32, 32 },
    };

    [Theory]
    [MemberData(nameof(Exact))]
    public void The_gradient_is_the_adjoint_of_the_derivative(string name, int width, int height)
    {
        using IDefence defence = DefenceFactory.Create(name);
        int length = 2 * 3 * width * height;
        float[] picture = [.. Pictures.Noise(length, 1).Select(value => 0.1f + (0.8f * value))], direction = Pictures.Noise(length, 2), weights = Pictures.Noise(length, 3);
        const float Step = 1e-6f;      // below every distance between two pixels of this seed, so that no median changes its place

        float[] moved = defence.Defend([.. picture.Zip(direction, (x, d) => x + (Step * 16 * d))], width, height);
        float[] still = defence.Defend(picture, width, height);
        double slope = Pictures.Dot([.. moved.Zip(still, (a, b) => a - b)], weights) / (Step * 16);
        double product = Pictures.Dot(defence.Backward(weights), direction);

        Assert.StartsWith("exact", defence.GradientKind, StringComparison.Ordinal);
        Assert.Equal(1, slope / product, 5e-3);
    }

    [Theory]
    [InlineData("blur-0.6")]
    [InlineData("blur-3")]
    [InlineData("resize-pad")]
    public void Linear_defences_satisfy_the_adjoint_identity(string name)
    {
        using IDefence defence = DefenceFactory.Create(name);
        float[] picture = Pictures.Noise(3 * 19 * 14, 4), weights = Pictures.Noise(3 * 19 * 14, 5);

        double forwards = Pictures.Dot(defence.Defend(picture, 19, 14), weights);
        double backwards = Pictures.Dot(picture, defence.Backward(weights));

        Assert.Equal(1, forwards / backwards, 1e-5);
    }

    [Theory]
    [InlineData("jpeg-75")]
    [InlineData("bits-4")]
    public void Roundings_pass_the_gradient_on_and_say_so(string name)
    {
        using IDefence defence = DefenceFactory.Create(name);
        float[] gradient = Pictures.Noise(2 * 3 * 5 * 4, 6);
        defence.Defend(Pictures.Noise(gradient.Length, 7), 5, 4);

        Assert.Equal(gradient, defence.Backward(gradient));
        Assert.Equal("identity (BPDA)", defence.GradientKind);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void One_draw_gives_one_result_in_range_on_any_size(string name)
    {
        using IDefence defence = DefenceFactory.Create(name);
        Assert.Equal(name, defence.Name);
        foreach ((int width, int height) in ((int, int)[])[(1, 1), (2, 1), (1, 9), (32, 32), (33, 7)])
        {
            float[] pictures = Pictures.Noise(3 * 3 * width * height, 8);
            pictures[0] = 0;
            pictures[1] = 1;

            float[] first = defence.Defend(pictures, width, height), second = defence.Defend(pictures, width, height);

            Assert.Equal(first, second);
            Assert.All(first, value => Assert.InRange(value, 0, 1));
        }
    }

    [Theory]
    [InlineData("jpeg-75")]
    [InlineData("median-3")]
    [InlineData("bits-4")]
    [InlineData("blur-0.6")]
    public void A_batch_is_its_pictures_one_by_one_and_costs_no_chance(string name)
    {
        using IDefence defence = DefenceFactory.Create(name);
        float[] pictures = Pictures.Noise(3 * 3 * 6 * 5, 9), alone = new float[pictures.Length], together = new float[pictures.Length];
        for (int at = 0; at < pictures.Length; at += 90)
            defence.Defend(pictures.AsSpan(at, 90), 6, 5, null!, alone.AsSpan(at, 90));
        defence.Defend(pictures, 6, 5, null!, together);

        Assert.False(defence.IsStochastic);
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Resizing_draws_anew_for_every_picture_and_call()
    {
        using IDefence defence = DefenceFactory.Create("resize-pad");
        float[] white = new float[20 * 3 * 32 * 32];
        Array.Fill(white, 1);

        float[] first = defence.Defend(white, 32, 32, seed: 1), second = defence.Defend(white, 32, 32, seed: 2);

        Assert.True(defence.IsStochastic);
        Assert.NotEqual(first, second);
        double[] sums = [.. first.Chunk(3 * 32 * 32).Select(one => (double)one.Sum() / 3)];
        // White squares of 29 to 32 pixels: 0.9 of the edge and up.
        Assert.All(sums, sum => Assert.Contains(sum, (double[])[29 * 29, 30 * 30, 31 * 31, 32 * 32]));
        Assert.True(sums.Distinct().Count() > 1);
    }

    [Fact]
    public void The_median_removes_a_lone_pixel_and_keeps_an_edge()
    {
        using MedianDefence defence = new(3);
        float[] picture = new float[3 * 5 * 5];
        picture[12] = 1;                                                     // red: one bright pixel
        for (int i = 0; i < 25; i++)
            picture[25 + i] = i % 5 >= 2 ? 1 : 0;                            // green: an upright edge
        for (int i = 0; i < 25; i++)
            picture[50 + i] = i / 25f;                                       // blue: a ramp; inside, its own median

        float[] defended = defence.Defend(picture, 5, 5);

        Assert.All(defended[..25], value => Assert.Equal(0, value));
        Assert.Equal(picture[25..50], defended[25..50]);
        Assert.Equal(picture[62], defended[62]);
        // The corner sees 0 0 1 / 0 0 1 / 5 5 6 of 25ths: its median is 1/25.
        Assert.Equal(1 / 25f, defended[50]);
    }

    [Fact]
    public void The_blur_of_a_point_is_the_kernel_and_a_plain_picture_stays()
    {
        using BlurDefence defence = new(0.6);
        float[] picture = new float[3 * 9 * 9];
        picture[(4 * 9) + 4] = 1;
        Array.Fill(picture, 0.25f, 81, 81);

        float[] defended = defence.Defend(picture, 9, 9);

        double[] weights = [.. Enumerable.Range(-3, 7).Select(at => Math.Exp(-at * at / 0.72))];
        double sum = weights.Sum();
        Assert.Equal(weights[3] * weights[3] / (sum * sum), defended[(4 * 9) + 4], 1e-6);
        Assert.Equal(weights[2] * weights[4] / (sum * sum), defended[(3 * 9) + 5], 1e-6);
        Assert.All(defended[81..162], value => Assert.Equal(0.25f, value, 1e-6f));
    }

    [Theory]
    [InlineData(1, new[] { 0f, 0f, 1f, 1f })]
    [InlineData(2, new[] { 0f, 1 / 3f, 2 / 3f, 1f })]
    public void Bit_depth_rounds_to_the_nearest_level(int bits, float[] expected)
    {
        using BitDepthDefence defence = new(bits);
        float[] defended = defence.Defend([0, 0.4f, 0.6f, 1, 0, 0.4f, 0.6f, 1, 0, 0.4f, 0.6f, 1], 2, 2);

        Assert.Equal(expected, defended[..4]);
        Assert.Equal(defended, defence.Defend(defended, 2, 2));
    }

    [Fact]
    public void A_gradient_without_its_pictures_is_refused()
    {
        using IDefence defence = DefenceFactory.Create("median-3");
        Assert.Throws<InvalidOperationException>(() => defence.Backward(new float[12]));
        defence.Defend(new float[12], 2, 2);
        Assert.Throws<InvalidOperationException>(() => defence.Backward(new float[24]));
        Assert.Throws<ArgumentOutOfRangeException>(() => defence.Defend(new float[13], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => defence.Defend(new float[12], 0, 2));
    }
}
