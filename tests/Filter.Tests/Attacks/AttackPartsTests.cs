using Realtime.Filter.Attacks;
using Realtime.Filter.Errors;

namespace Realtime.Filter.Tests.Attacks;

public sealed class AttackPartsTests
{
    [Fact]
    public void Projection_returns_bounds_exactly_and_leaves_inner_points_alone()
    {
        float[] clean = [.. Enumerable.Range(0, 37).Select(i => i / 36f)];
        const float Radius = 0.1f;
        LinfBall ball = new(Radius);
        ball.MoveTo(clean);

        float[] above = [.. clean.Select(_ => 9f)], below = [.. clean.Select(_ => -9f)];
        float[] inside = [.. clean.Select(v => Math.Clamp(v + 0.05f, 0, 1))];
        float[] before = [.. inside];
        ball.Project(above);
        ball.Project(below);
        ball.Project(inside);

        Assert.Equal(clean.Select(v => MathF.Min(v + Radius, 1)), above);
        Assert.Equal(clean.Select(v => MathF.Max(v - Radius, 0)), below);
        Assert.Equal(before, inside);
    }

    [Fact]
    public void The_ball_follows_a_smaller_batch_after_a_larger_one()
    {
        LinfBall ball = new(0.1f);
        ball.MoveTo([0, 0, 0, 0, 0, 0, 0, 0, 0]);
        ball.MoveTo([1, 1]);
        float[] values = [0, 2];
        ball.Project(values);

        Assert.Equal([0.9f, 1f], values);
    }

    [Fact]
    public void The_sign_of_zero_is_zero_in_every_lane()
    {
        float[] direction = [.. Enumerable.Range(0, 21).Select(i => (i % 3) - 1f)];
        direction[9] = -0f;
        direction[10] = float.Epsilon;
        float[] values = new float[21];
        SignStep.Climb(values, direction, 0.5f);

        Assert.Equal(direction.Select(d => d > 0 ? 0.5f : d < 0 ? -0.5f : 0), values);
    }

    [Theory]
    [InlineData(8 / 255f, 8)]
    [InlineData(4 / 255f, 4)]
    [InlineData(0.03f, 7)]
    [InlineData(1f, 255)]
    [InlineData(0.5f / 255, 0)]
    public void Levels_are_the_whole_levels_inside_epsilon(float epsilon, int levels) => Assert.Equal(levels, EightBit.Levels(epsilon));

    [Fact]
    public void Every_radius_in_levels_is_that_many_levels()
    {
        for (int k = 0; k <= 255; k++)
            Assert.Equal(k, EightBit.Levels(Epsilon.Parse($"{k}/255")));
    }

    [Fact]
    public void Rounding_to_8_bits_stays_in_the_ball_and_is_nearest_inside_it()
    {
        const float Radius = 0.03f;
        Random random = new(2);
        byte[] clean = new byte[4000];
        random.NextBytes(clean);
        clean[0] = 0;
        clean[1] = 255;
        float[] adversarial = [.. clean.Select(v => Math.Clamp((v / 255f) + (((2 * random.NextSingle()) - 1) * Radius), 0, 1))];
        byte[] rounded = new byte[clean.Length];
        EightBit.Round(adversarial, clean, Radius, rounded);

        for (int i = 0; i < clean.Length; i++)
        {
            Assert.InRange(Math.Abs(rounded[i] - clean[i]), 0, 7);

            // 0.03 is 7.65 levels, which rounds to 8 and must come back to 7; elsewhere the nearest level stays.
            Assert.InRange(MathF.Abs(rounded[i] - (adversarial[i] * 255)), 0, 0.66f);
        }
    }

    [Fact]
    public void Rounding_outward_takes_the_next_level_and_stays_in_the_ball()
    {
        byte[] clean = [100, 100, 100, 100, 254, 1], rounded = new byte[6];
        EightBit.RoundOutward([100.2f / 255, 99.4f / 255, 100f / 255, 102.6f / 255, 1, 0], clean, 2 / 255f, rounded);

        Assert.Equal([101, 99, 100, 102, 255, 0], rounded);
    }

    [Fact]
    public void A_result_just_beyond_the_border_survives_rounding()
    {
        // The border is 0.2 levels away in every value; the nearest level would be the clean one.
        float[] clean = [100 / 255f, 100 / 255f, 100 / 255f];
        LinearVictim victim = new([[0, 0, 0], [1, 1, 1]], [300.6f / 255, 0]);
        float[] adversarial = LinearAttackTests.Attack(new EightBitAttack(new Fab(8 / 255f, 30)), victim, clean, [0]);

        Assert.All(adversarial, v => Assert.Equal(101 / 255f, v, 1e-6f));
    }

    [Theory]
    [InlineData("8/255", 8 / 255f)]
    [InlineData("0.03", 0.03f)]
    [InlineData("1", 1f)]
    [InlineData(".5/255", 0.5f / 255)]
    [InlineData("0", 0f)]
    public void Radii_are_read(string text, float value) => Assert.Equal(value, Epsilon.Parse(text));

    [Theory]
    [InlineData("8", "8/255")]
    [InlineData("eight", "'eight'")]
    [InlineData("8/0", "'8/0'")]
    [InlineData("8/255/2", "'8/255/2'")]
    [InlineData("-0.1", "'-0.1'")]
    [InlineData("NaN", "'NaN'")]
    [InlineData("", "''")]
    public void Wrong_radii_are_usage_errors_that_name_the_value(string text, string named)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => Epsilon.Parse(text));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pgd", null, null, "PGD-20 8/255")]
    [InlineData("PGD", 7, 3, "PGD-7x3 8/255")]
    [InlineData("fgsm", null, null, "FGSM 8/255")]
    [InlineData("mi-fgsm", null, null, "MI-FGSM-10 8/255")]
    [InlineData("bim", null, null, "BIM-10 8/255")]
    [InlineData("pgd-cw", null, null, "PGD-CW-20 8/255")]
    [InlineData("apgd-ce", null, 2, "APGD-CE-100x2 8/255")]
    [InlineData("apgd-dlr", 50, null, "APGD-DLR-50 8/255")]
    [InlineData("apgd-t", null, null, "APGD-T-100 8/255")]
    [InlineData("square", null, null, "Square-5000 8/255")]
    [InlineData("fab-t", null, null, "FAB-T-100 8/255")]
    [InlineData("autoattack", null, null, "AutoAttack standard 8/255")]
    public void The_factory_names_attacks_as_tables_do(string name, int? steps, int? restarts, string shown) =>
        Assert.Equal(shown, AttackFactory.Create(name, 8 / 255f, steps, restarts: restarts).Name);

    [Theory]
    [InlineData("pgd", true, "PGD-20 L2 0.5 targeted")]
    [InlineData("apgd-dlr", true, "APGD-DLR-100 L2 0.5 targeted")]
    [InlineData("cw", true, "CW-1000x9 L2 0.5 targeted")]
    [InlineData("square", false, "Square-5000 L2 0.5")]
    [InlineData("fab", false, "FAB-100 L2 0.5")]
    [InlineData("deepfool", false, "DeepFool-50 L2 0.5")]
    [InlineData("autoattack", false, "AutoAttack standard L2 0.5")]
    [InlineData("stadv", true, "StAdv-100 flow 0.05 targeted")]
    public void The_factory_makes_attacks_in_l2_and_towards_targets(string name, bool targeted, string shown) =>
        Assert.Equal(shown, AttackFactory.Create(name, 0.5f, norm: Norm.L2, targeted: targeted).Name);

    [Theory]
    [InlineData("newton", null, null, "fgsm, pgd, mi-fgsm")]
    [InlineData("cw", null, null, "--norm l2")]
    [InlineData("fgsm", 5, null, "--steps")]
    [InlineData("pgd", 0, null, "found 0")]
    [InlineData("mi-fgsm", 5, 2, "--restarts")]
    [InlineData("square", 5, 2, "--restarts")]
    [InlineData("autoattack", 5, null, "--steps")]
    public void The_factory_refuses_what_does_not_fit(string name, int? steps, int? restarts, string named)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => AttackFactory.Create(name, 8 / 255f, steps, restarts: restarts));

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
