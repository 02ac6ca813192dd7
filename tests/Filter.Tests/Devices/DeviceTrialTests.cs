using Realtime.Filter.Devices;
using Realtime.Filter.Errors;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Tests.Devices;

public sealed class DeviceTrialTests
{
    [Theory]
    [InlineData(0.0009f, Precision.Float32)]
    [InlineData(-0.0009f, Precision.Float32)]
    [InlineData(0.0038f, Precision.Float16)]
    public void A_device_within_the_bound_passes_and_the_difference_is_told(float error, Precision precision)
    {
        float largest = DeviceTrial.Check("fake", new FakePurifier(error), new FakePurifier(0), precision);

        Assert.Equal(Math.Abs(error), largest, 1e-6f);
    }

    [Theory]
    [InlineData(0.0011f, Precision.Float32, "largest difference 1.1e-3 on 4 tiles, allowed 1.0e-3 in fp32; 0 of 12288 values are not finite")]
    [InlineData(0.004f, Precision.Float16, "largest difference 4.0e-3 on 4 tiles, allowed 3.9e-3 in fp16; 0 of 12288 values are not finite")]
    [InlineData(float.NaN, Precision.Float16, "12287 of 12288 values are not finite")]
    public void A_device_that_is_off_is_refused_with_the_figures(float error, Precision precision, string figures)
    {
        UserErrorException refused = Assert.Throws<UserErrorException>(
            () => DeviceTrial.Check("fake:1", new FakePurifier(error), new FakePurifier(0), precision));

        Assert.Equal(ExitCode.DeviceUnavailable, refused.ExitCode);
        Assert.StartsWith("device 'fake:1' is refused: it computes something else than the CPU", refused.Message, StringComparison.Ordinal);
        Assert.Contains(figures, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_off_in_one_value_only_is_refused() => Assert.Throws<UserErrorException>(
        () => DeviceTrial.Check("fake", new FakePurifier(0, lastError: 0.5f), new FakePurifier(0), Precision.Float32));

    [Fact]
    public void A_device_that_breaks_is_refused_with_its_own_words()
    {
        UserErrorException refused = Assert.Throws<UserErrorException>(
            () => DeviceTrial.Check("fake", new FakePurifier(0, failure: "device lost"), new FakePurifier(0), Precision.Float32));

        Assert.Equal(ExitCode.DeviceUnavailable, refused.ExitCode);
        Assert.Contains("it failed its trial: device lost", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trial_batch_is_the_same_every_time_in_range_and_not_flat()
    {
        float[] tiles = TrialTiles.Create(32);

        Assert.Equal(tiles, TrialTiles.Create(32));
        Assert.Equal(TrialTiles.Count * 3 * 32 * 32, tiles.Length);
        Assert.All(tiles, value => Assert.InRange(value, 0, 1));
        Assert.InRange(tiles.Distinct().Count(), tiles.Length / 2, tiles.Length);
    }

    // Gives back what it gets, with an error; the first value is always right.
    private sealed class FakePurifier(float error, float lastError = 0, string? failure = null) : ITilePurifier
    {
        public string Name => "fake";

        public int TileSize => 32;

        public string? Randomness => null;

        public void Purify(Memory<float> tiles, Memory<float> purified, int count)
        {
            if (failure is not null)
                throw new PurificationException(failure);
            tiles.CopyTo(purified);
            foreach (ref float value in purified.Span[1..])
                value += error;
            purified.Span[^1] += lastError;
        }

        public void Dispose()
        {
        }
    }
}
