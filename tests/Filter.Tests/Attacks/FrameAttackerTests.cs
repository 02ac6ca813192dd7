using Realtime.Filter.Attacks;
using Realtime.Filter.Tests.Demo;

namespace Realtime.Filter.Tests.Attacks;

public class FrameAttackerTests
{
    [Theory]
    [InlineData(8f / 255, 8)]
    [InlineData(0.03f, 7)]
    public void No_value_moves_by_more_than_epsilon_and_some_move_that_far(float epsilon, int levels)
    {
        byte[] raw = [.. Enumerable.Range(0, 60).Select(i => (byte)(i * 4))], attacked = new byte[60];
        new FrameAttacker(new ShiftAttack(epsilon), new SilentVictim(60), 1).Attack(0, raw, 3, attacked);
        Assert.Equal(levels, raw.Zip(attacked, (a, b) => Math.Abs(a - b)).Max());
    }

    // The shift attack is nearly constant: channels that were mixed up would move values by far more than it does.
    [Fact]
    public void Channels_keep_their_places()
    {
        byte[] raw = [10, 100, 200, 20, 120, 220], attacked = new byte[6];
        new FrameAttacker(new ShiftAttack(0.9f), new SilentVictim(6), 1).Attack(0, raw, 3, attacked);
        Assert.All(raw.Zip(attacked), pair => Assert.InRange(pair.Second, Math.Min(255, pair.First + 200), 255));

        new FrameAttacker(new ShiftAttack(1f / 255), new SilentVictim(6), 1).Attack(0, raw, 3, attacked);
        Assert.All(raw.Zip(attacked), pair => Assert.InRange(pair.Second - pair.First, 0, 1));
    }
}
