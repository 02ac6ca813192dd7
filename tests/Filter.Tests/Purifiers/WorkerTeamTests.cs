using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Tests.Purifiers;

public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 1)]
    [InlineData(4, 100)]
    public void Every_piece_is_done_exactly_once_in_every_round(int size, int pieces)
    {
        int[] done = new int[pieces];
        using WorkerTeam team = new("test", size, piece => Interlocked.Increment(ref done[piece]));

        for (int round = 1; round <= 50; round++)
        {
            team.Run(pieces);
            Assert.All(done, times => Assert.Equal(round, times));
        }
    }

    [Fact]
    public void An_exception_reaches_the_caller_and_the_team_works_on()
    {
        bool broken = true;
        int done = 0;
        using WorkerTeam team = new("test", 3, piece =>
        {
            if (broken && piece == 2)
                throw new InvalidDataException("piece 2");
            Interlocked.Increment(ref done);
        });

        Assert.Throws<InvalidDataException>(() => team.Run(10));
        broken = false;
        done = 0;
        team.Run(10);
        Assert.Equal(10, done);
    }

    [Fact]
    public void Two_workers_work_at_the_same_time()
    {
        // Each piece waits for the other to begin: with one worker this would never end.
        using Barrier barrier = new(2);
        bool met = true;
        using WorkerTeam team = new("test", 2, _ => met &= barrier.SignalAndWait(TimeSpan.FromSeconds(60)));

        team.Run(2);

        Assert.True(met);
    }
}
