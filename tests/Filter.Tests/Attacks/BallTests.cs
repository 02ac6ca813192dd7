using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

public sealed class BallTests
{
    private static readonly float[] Clean = [0.5f, 0.25f, 0.75f, 0.4f, 0.6f, 0.5f];
    private static readonly float[] Weights = [1, -2, 0.5f, 3, 0.25f, -1];

    [Fact]
    public void Projecting_onto_the_l2_ball_scales_the_change_and_leaves_inner_points_alone()
    {
        L2Ball ball = new(0.1f);
        ball.MoveTo(Clean, 2);
        float[] far = [0.5f, 0.25f, 0.95f, 0.41f, 0.6f, 0.5f];      // the first picture is 0.2 away, the second one 0.01
        ball.Project(far);

        Assert.Equal(0.85f, far[2], 1e-6f);
        Assert.Equal([0.41f, 0.6f, 0.5f], far[3..]);
    }

    [Fact]
    public void An_l2_step_follows_the_normalised_slope()
    {
        float[] moved = [.. Clean];
        new L2Ball(1).Climb(moved, [3e-30f, 4e-30f, 0, 0, 0, 0], [0.1f, 0.2f]);

        Assert.Equal([0.56f, 0.33f, 0.75f], moved[..3].Select(v => MathF.Round(v, 5)));
        Assert.Equal(Clean[3..], moved[3..]);
    }

    [Theory]
    [InlineData("fgsm")]
    [InlineData("pgd")]
    [InlineData("apgd")]
    public void The_l2_optimum_on_a_linear_model_is_along_its_weights(string name)
    {
        const float Radius = 0.2f;
        AttackGoal goal = new() { Norm = Norm.L2 };
        IAttack attack = name switch { "fgsm" => new Fgsm(Radius, goal), "pgd" => new Pgd(Radius, Radius / 4, 40, goal: goal), _ => new Apgd(Radius, 60, goal: goal) };
        float[] adversarial = LinearAttackTests.Attack(attack, new LinearVictim([[0, 0, 0, 0, 0, 0], Weights]), Clean, [0]);

        double norm = Math.Sqrt(Weights.Sum(w => w * w));
        for (int i = 0; i < Clean.Length; i++)
            Assert.Equal(Clean[i] + (Radius * Weights[i] / norm), adversarial[i], name == "fgsm" ? 1e-6 : 2e-3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Starts_are_where_they_should_be(bool linf)
    {
        float[] clean = new float[300];
        Array.Fill(clean, 0.5f);
        IBall ball = linf ? new LinfBall(0.1f) : new L2Ball(0.1f);
        ball.MoveTo(clean, 3);
        float[] inside = new float[300], surface = new float[300];
        ball.StartInside(inside, new Random(1));
        ball.StartOnSurface(surface, new Random(1));

        Balls.AssertInside(ball.Norm, 0.1f, clean, inside, 100);
        for (int at = 0; at < 300; at += 100)
            Assert.Equal(0.1, Balls.Distance(ball.Norm, clean[at..(at + 100)], surface[at..(at + 100)]), 1e-5);
    }

    [Fact]
    public void L2_rounding_never_leaves_the_ball()
    {
        Random random = new(4);
        for (int trial = 0; trial < 50; trial++)
        {
            byte[] clean = new byte[192], rounded = new byte[192];
            random.NextBytes(clean);
            float[] change = [.. clean.Select(_ => random.NextSingle() - 0.5f)];
            float radius = 0.02f + (0.3f * random.NextSingle()), scale = radius / MathF.Sqrt(change.Sum(d => d * d));
            float[] adversarial = [.. clean.Select((c, i) => Math.Clamp((c / 255f) + (change[i] * scale), 0, 1))];
            EightBit.RoundL2(adversarial, clean, radius, rounded);

            double length = Math.Sqrt(clean.Zip(rounded, (a, b) => (double)(a - b) * (a - b)).Sum()) / 255;
            Assert.InRange(length, radius > 0.1 ? radius * 0.8 : 0, radius);
        }
    }
}
