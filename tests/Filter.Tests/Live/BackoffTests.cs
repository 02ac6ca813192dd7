using Realtime.Filter.Live;

namespace Realtime.Filter.Tests.Live;

public sealed class BackoffTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void Waits_double_up_to_the_longest_and_are_cut_by_at_most_half()
    {
        Backoff backoff = new(TimeSpan.FromSeconds(3), null, time, seed: 1);
        double[] whole = [0.5, 1, 2, 3, 3, 3];

        double[] waits = [.. whole.Select(_ => backoff.Next()!.Value.TotalSeconds)];

        for (int i = 0; i < whole.Length; i++)
            Assert.InRange(waits[i], whole[i] / 2, whole[i]);
        Assert.Equal(waits.Length, waits.Distinct().Count());
        backoff.Reset();
        Assert.InRange(backoff.Next()!.Value.TotalSeconds, 0.25, 0.5);
    }

    [Theory]
    [InlineData(9.9, 3)]
    [InlineData(10.1, 1)]
    public void Only_what_worked_for_ten_seconds_makes_waits_begin_anew(double seconds, int tries)
    {
        Backoff backoff = new(TimeSpan.FromSeconds(30), null, time);
        _ = (backoff.Next(), backoff.Next());

        backoff.Worked(TimeSpan.FromSeconds(seconds));

        _ = backoff.Next();
        Assert.Equal(tries, backoff.Tries);
    }

    [Fact]
    public void It_gives_up_when_the_time_is_over_and_not_before()
    {
        Backoff backoff = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), time);

        Assert.NotNull(backoff.Next());
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.NotNull(backoff.Next());
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(backoff.Next());
    }

    [Fact]
    public void It_never_gives_up_unless_told_to()
    {
        Backoff backoff = new(TimeSpan.FromSeconds(30), null, time);
        for (int i = 0; i < 1000; i++)
        {
            Assert.InRange(backoff.Next()!.Value, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(30));
            time.Advance(TimeSpan.FromHours(1));
        }
    }
}
