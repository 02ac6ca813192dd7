using Realtime.Filter.Corruptions;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Tests.Corruptions;

public sealed class CorruptionTests
{
    // Four pixels and five: [3, 2, 2] and [3, 1, 5].
    private static readonly float[] Picture = [0.2f, 0.9f, 0.5f, 0.05f, 0.4f, 0.1f, 0.5f, 0.8f, 0.6f, 0.3f, 0.5f, 0.25f];
    private static readonly float[] Companion = [0.7f, 0.1f, 0.4f, 0.9f, 0.3f, 0.6f, 0.3f, 0.8f, 0.9f, 0.2f, 0.2f, 0.9f, 0.5f, 0.1f, 0.6f];

    // Computed by the definitions in double, with Python's colorsys for HSV and a linear solver for the inverse of equation 4.
    [Theory]
    [InlineData("brightness-3", new[] { 0.25f, 1f, 0.65f, 0.059375f, 0.5f, 0.111111f, 0.65f, 0.95f, 0.75f, 0.333333f, 0.65f, 0.296875f })]
    [InlineData("saturate-3", new[] { 0f, 0.9f, 0.5f, 0f, 0.3f, 0f, 0.5f, 0.8f, 0.6f, 0.225f, 0.5f, 0.213333f })]
    [InlineData("hue-2", new[] { 0.24f, 0.9f, 0.5f, 0.05f, 0.2f, 0.38f, 0.5f, 0.8f, 0.6f, 0.1f, 0.5f, 0.7f })]
    [InlineData("colour-transfer", new[] { 0.263049f, 0.526f, 0.467968f, 0.2861f, 0.241792f, 0.294139f, 0.62731f, 1f, 1f, 0.238236f, 0.598901f, 0.070816f })]
    public void Values_are_those_of_the_definition(string name, float[] expected)
    {
        float[] result = Apply(name, Picture, Companion);

        Assert.All(result.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 2e-5f));
    }

    [Fact]
    public void Contrast_keeps_the_mean_of_every_channel()
    {
        float[] result = Apply("contrast-2", Picture, Companion);

        for (int channel = 0; channel < 3; channel++)
        {
            float mean = Picture[(4 * channel)..(4 * (channel + 1))].Average();
            for (int i = 4 * channel; i < 4 * (channel + 1); i++)
                Assert.Equal(mean + (0.5f * (Picture[i] - mean)), result[i], 1e-6f);
        }
    }

    [Fact]
    public void A_picture_that_takes_its_own_colours_stays()
    {
        Random random = new(1);
        float[] picture = [.. Enumerable.Range(0, 3 * 8 * 8).Select(_ => 0.02f + (0.98f * random.NextSingle()))];

        Assert.All(Apply("colour-transfer", picture, picture).Zip(picture), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void A_plain_picture_takes_the_companions_mean_and_black_is_no_trouble()
    {
        float[] grey = new float[12], black = new float[12];
        Array.Fill(grey, 0.5f);

        Assert.All(Apply("colour-transfer", black, grey), value => Assert.Equal(0.5f, value, 1e-3f));
        Assert.All(Apply("colour-transfer", Picture, black), value => Assert.InRange(value, 0, 0.01f));
    }

    [Theory]
    [InlineData("brightness-5")]
    [InlineData("contrast-1")]
    [InlineData("saturate-4")]
    [InlineData("hue-5")]
    [InlineData("colour-transfer")]
    public void Results_stay_in_range_also_for_large_and_odd_pictures(string name)
    {
        Random random = new(2);
        foreach (int pixels in (int[])[1, 7, 64 * 64])
        {
            float[] picture = [.. Enumerable.Range(0, 3 * pixels).Select(_ => random.NextSingle())];
            picture[0] = 1;

            float[] result = Apply(name, picture, Companion);

            Assert.Equal(name, CorruptionFactory.Create(name).Name);
            Assert.All(result, value => Assert.InRange(value, 0, 1));
        }
    }

    [Fact]
    public void Large_pictures_take_the_strengths_of_ImageNet_C()
    {
        float[] small = new float[3 * 32 * 32], large = new float[3 * 64 * 64];
        Array.Fill(small, 0.25f);
        Array.Fill(large, 0.25f);

        Assert.Equal(0.3f, Apply("brightness-1", small, small)[0], 1e-6f);
        Assert.Equal(0.35f, Apply("brightness-1", large, large)[0], 1e-6f);
    }

    [Theory]
    [InlineData("brightness")]
    [InlineData("brightness-0")]
    [InlineData("brightness-6")]
    [InlineData("hue-11")]
    [InlineData("fog-3")]
    [InlineData("")]
    public void Unknown_names_are_usage_errors_that_list_what_there_is(string name)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => CorruptionFactory.Create(name));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("colour-transfer", error.Message, StringComparison.Ordinal);
    }

    private static float[] Apply(string name, float[] picture, float[] companion)
    {
        float[] result = new float[picture.Length];
        CorruptionFactory.Create(name).Apply(picture, companion, result);
        return result;
    }
}
