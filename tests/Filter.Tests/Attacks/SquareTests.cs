using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

public sealed class SquareTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(50, 2)]
    [InlineData(51, 4)]
    [InlineData(200, 4)]
    [InlineData(201, 8)]
    [InlineData(501, 16)]
    [InlineData(1001, 32)]
    [InlineData(2001, 64)]
    [InlineData(4001, 128)]
    [InlineData(6001, 256)]
    [InlineData(8000, 256)]
    [InlineData(8001, 512)]
    public void The_share_is_halved_by_the_table(int query, int divisor) => Assert.Equal(0.8 / divisor, SquareSchedule.Share(query, 0.8), 1e-12);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 4)]          // stands for query 100 of 10,000
    [InlineData(50, 128)]
    [InlineData(99, 512)]
    public void A_rescaled_schedule_is_squeezed_into_the_queries(int query, int divisor) =>
        Assert.Equal(0.8 / divisor, SquareSchedule.Share(query, 0.8, rescaledTo: 100), 1e-12);

    [Theory]
    [InlineData(0.8, 32, 32, 29)]       // sqrt(819.2) = 28.6
    [InlineData(0.05, 32, 32, 7)]
    [InlineData(0.0015625, 32, 32, 1)]
    [InlineData(0.00001, 32, 32, 1)]
    [InlineData(0.25, 5, 5, 2)]         // 2.5 goes to the even neighbour
    [InlineData(0.8, 100, 10, 10)]      // a square fits into the shorter side
    public void The_side_is_the_root_of_the_share(double share, int width, int height, int side) => Assert.Equal(side, SquareSchedule.Side(share, width, height, least: 1));

    [Fact]
    public void The_start_is_vertical_stripes_of_full_length()
    {
        float[] clean = new float[2 * 3 * 8 * 6], start = new float[clean.Length];
        Array.Fill(clean, 0.5f);
        new SquareLinfProposal(0.1f, 8, 6).Start(clean, start, new Random(1));

        for (int i = 0; i < start.Length; i++)
        {
            Assert.Equal(0.1f, MathF.Abs(start[i] - 0.5f), 1e-6f);
            Assert.Equal(start[(i / 48 * 48) + (i % 8)], start[i]);
        }
    }

    [Fact]
    public void An_linf_proposal_changes_one_square_at_one_place_of_the_batch()
    {
        float[] clean = new float[2 * 3 * 10 * 10], best = new float[clean.Length], next = new float[clean.Length];
        Array.Fill(clean, 0.5f);
        Array.Fill(best, 0.4f);
        new SquareLinfProposal(0.1f, 10, 10).Propose(clean, best, next, share: 0.09, new Random(3));

        // Per channel either all nine pixels of the square jump to the other edge, or the sign was that of the edge they are on.
        for (int channel = 0; channel < 6; channel++)
        {
            int[] changed = [.. Enumerable.Range(channel * 100, 100).Where(i => next[i] != best[i])];
            Assert.True(changed.Length is 0 or 9);
            Assert.All(changed, i => Assert.Equal(0.6f, next[i], 1e-6f));
            Assert.Equal(next.Skip(channel % 3 * 100).Take(100), next.Skip(channel * 100).Take(100));
        }
    }

    [Fact]
    public void L2_points_use_the_whole_budget()
    {
        float[] clean = new float[3 * 20 * 20], best = new float[clean.Length], next = new float[clean.Length];
        Array.Fill(clean, 0.5f);
        SquareL2Proposal proposal = new(0.7f, 20, 20);
        Random random = new(5);
        proposal.Start(clean, best, random);
        Assert.Equal(0.7, Balls.Distance(Norm.L2, clean, best), 1e-5);
        foreach (double share in (double[])[0.3, 0.1, 0.05, 0.01])
        {
            proposal.Propose(clean, best, next, share, random);
            Assert.Equal(0.7, Balls.Distance(Norm.L2, clean, next), 1e-5);
            Assert.NotEqual(best, next);
        }
    }

    [Fact]
    public void The_pyramids_are_opposite_and_of_length_one()
    {
        float[] shape = new float[6 * 6];
        SquarePyramids.Fill(shape, 6, new Random(1));

        Assert.Equal(1, shape.Sum(v => v * v), 1e-5f);
        Assert.Equal(0, shape.Sum(), 1e-5f);
    }

    [Fact]
    public void Pictures_that_are_fooled_cost_no_more_queries()
    {
        // A picture at the border falls at once, one with a large bias never does.
        LinearVictim victim = new([[0, 0, 0], [1, 1, 1]], [1.4f, 0]);
        float[] clean = [0.45f, 0.45f, 0.45f, 0, 0, 0];
        float[] adversarial = LinearAttackTests.Attack(new Square(0.1f, 50), victim, clean, [0, 0], seed: 4);

        Assert.True(adversarial[0] + adversarial[1] + adversarial[2] > 1.4f);
        Assert.InRange(victim.PicturesSeen, 51, 80);
    }
}
