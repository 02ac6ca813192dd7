using Realtime.Filter.Defences;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Tests.Defences;

public sealed class DefenceChainTests
{
    private const int Width = 16, Height = 24, Length = 2 * 3 * Width * Height;

    private readonly float[] pictures = [.. Pictures.Noise(Length, 1).Select(value => 0.1f + (0.8f * value))];

    [Fact]
    public void The_parts_follow_each_other_with_one_source_of_chance()
    {
        using IDefence chain = Open("noise-20+median-3+mask-0.25"), noise = Open("noise-20"), median = Open("median-3"), mask = Open("mask-0.25");
        Random random = new(3);
        float[] expected = pictures;
        foreach (IDefence part in new[] { noise, median, mask })
        {
            float[] next = new float[Length];
            part.Defend(expected, Width, Height, random, next);
            expected = next;
        }

        Assert.Equal(expected, chain.Defend(pictures, Width, Height, seed: 3));
        Assert.Equal("noise-20+median-3+mask-0.25", chain.Name);
        Assert.Equal(["noise-20", "median-3", "mask-0.25"], chain.Parts.Select(part => part.Name));
        Assert.True(chain.IsStochastic);
    }

    [Fact]
    public void The_order_counts()
    {
        using IDefence noiseFirst = Open("noise-20+mask-0.5"), maskFirst = Open("mask-0.5+noise-20");

        Assert.Equal(Length / 2, noiseFirst.Defend(pictures, Width, Height).Count(value => value == 0.5f));
        Assert.InRange(maskFirst.Defend(pictures, Width, Height).Count(value => value == 0.5f), 0, Length / 20);
    }

    [Theory]
    [InlineData("noise-20+blur-0.6", "exact")]
    [InlineData("rt2+median-3", "rt2 exact, median-3 exact (subgradient)")]
    [InlineData("mask-0.25+noise-8+resize-pad", "exact")]
    [InlineData("rt3+blur-2", "exact")]
    [InlineData("noise-8+rt3+mask-0.25+blur-0.6", "exact")]
    public void The_gradient_goes_back_through_every_part_with_the_draws_made(string name, string kind)
    {
        using IDefence chain = Open(name);
        const float Step = 2e-5f;
        float[] direction = Pictures.Noise(Length, 2), weights = Pictures.Noise(Length, 3);

        double up = Pictures.Dot(chain.Defend([.. pictures.Zip(direction, (x, d) => x + (Step * d))], Width, Height), weights);
        double still = Pictures.Dot(chain.Defend(pictures, Width, Height), weights);

        Assert.Equal(1, (up - still) / Step / Pictures.Dot(chain.Backward(weights), direction), 0.03);
        Assert.Equal(kind, chain.GradientKind);
    }

    [Fact]
    public void Roundings_are_named_with_the_parts_that_make_them()
    {
        using IDefence chain = Open("jpeg-75+blur-0.6");

        Assert.Equal("jpeg-75 identity (BPDA), blur-0.6 exact", chain.GradientKind);
        Assert.False(chain.IsStochastic);
    }

    [Fact]
    public void Of_the_third_transform_only_painted_pixels_are_left()
    {
        using RepeatedDefence unpainted = new(RandomTransform.Rt3, new BlurDefence(0.01));       // a purifier that leaves everything as it is
        using RepeatedDefence painted = new(RandomTransform.Rt3, new BlurDefence(3));

        Assert.All(unpainted.Defend(pictures, Width, Height), value => Assert.Equal(0.5f, value, 1e-6f));
        Assert.Contains(painted.Defend(pictures, Width, Height), value => Math.Abs(value - 0.5f) > 0.02f);
        Assert.Equal("rt3+blur-3", painted.Name);
    }

    [Fact]
    public void The_third_transform_takes_all_that_comes_after_it()
    {
        using IDefence chain = Open("noise-8+rt3+blur-2+median-3");
        using ChainedDefence expected = new(Open("noise-8"), new RepeatedDefence(RandomTransform.Rt3, Open("blur-2+median-3")));

        Assert.Equal(expected.Defend(pictures, Width, Height), chain.Defend(pictures, Width, Height));
        Assert.Equal("noise-8+rt3+blur-2+median-3", chain.Name);
    }

    [Theory]
    [InlineData("jpeg-75++median-3", "part is empty")]
    [InlineData("+jpeg-75", "part is empty")]
    [InlineData("rt3+", "part is empty")]
    [InlineData("noise-8+nope-1", "'nope-1' is unknown")]
    [InlineData("noise-8+jpeg-0+blur-1", "'jpeg-0' needs")]
    [InlineData("noise-8+rt3", "'rt3' joins")]
    public void A_broken_part_is_named_with_its_chain(string name, string hint)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Open(name));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        Assert.Contains($"the chain '{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_without_its_pictures_is_refused()
    {
        using IDefence chain = Open("rt3+blur-1"), plain = Open("noise-8+blur-1");
        Assert.Throws<InvalidOperationException>(() => chain.Backward(new float[Length]));
        Assert.Throws<InvalidOperationException>(() => plain.Backward(new float[Length]));
        Assert.Throws<ArgumentException>(() => new TransformDefence(RandomTransform.Rt3));
    }

    private static IDefence Open(string name) => DefenceChain.Open(name, DefenceFactory.Create);
}
