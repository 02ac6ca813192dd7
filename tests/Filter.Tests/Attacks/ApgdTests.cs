using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

public sealed class ApgdTests
{
    private const float Radius = 16 / 255f;
    private const int Length = 27;
    private const int Count = 60;

    private readonly TanhVictim victim = new(Length, hidden: 24, classes: 5, seed: 7);
    private readonly float[] clean;
    private readonly long[] labels;

    public ApgdTests()
    {
        Random random = new(11);
        clean = [.. Enumerable.Range(0, Count * Length).Select(_ => random.NextSingle())];
        labels = victim.Judge(clean, new long[Count]).Predicted;
    }

    [Fact]
    public void Checkpoints_of_a_hundred_steps_are_the_papers() =>
        Assert.Equal([22, 41, 57, 70, 80, 87, 93, 99], ApgdSteps.Checkpoints(100));

    // Section 3.1: p_0 = 0, p_1 = 0.22, p_(j+1) = p_j + max(p_j - p_(j-1) - 0.03, 0.06), in hundredths so that it is exact.
    [Theory]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(1000)]
    public void Checkpoints_follow_the_recurrence(int steps)
    {
        List<int> expected = [];
        for (int before = 0, now = 22; now <= 100; (before, now) = (now, now + Math.Max(now - before - 3, 6)))
            expected.Add(now * steps / 100);

        Assert.Equal(expected, ApgdSteps.Checkpoints(steps));
    }

    [Fact]
    public void A_step_is_halved_where_the_loss_rose_too_seldom()
    {
        // 22 losses: 17 rises exceed 0.75 * 22 = 16.5 and 16 do not; the first one counts against zero.
        Assert.Equal(2, SizeAfter(Window(22, rises: 17), start: 100));
        Assert.Equal(1, SizeAfter(Window(22, rises: 16), start: 100));
    }

    [Fact]
    public void A_step_is_halved_where_the_best_loss_stands_still_unless_it_just_was()
    {
        // Always rising but never above the start: condition 1 is content; condition 2 waits at the first checkpoint, then acts.
        float[] rising = [.. Enumerable.Range(1, 57).Select(i => (float)i)];
        Assert.Equal([2f, 1f, 1f], SizesAtCheckpoints(rising, start: 1000));

        // A new best loss in the second window keeps the size there.
        Assert.Equal([2f, 2f, 2f], SizesAtCheckpoints(rising, start: 0));
    }

    [Fact]
    public void A_halved_step_is_not_halved_again_by_condition_2_at_the_next_checkpoint()
    {
        // Constant: condition 1 halves at every checkpoint.
        Assert.Equal([1f, 0.5f, 0.25f], SizesAtCheckpoints(new float[57], start: 0));
    }

    [Theory]
    [InlineData(Norm.Linf)]
    [InlineData(Norm.L2)]
    public void Apgd_is_at_least_as_strong_as_pgd_at_the_same_budget(Norm norm)
    {
        float radius = norm == Norm.Linf ? Radius : 0.25f;
        AttackGoal goal = new() { Norm = norm };
        float apgd = MeanLoss(new Apgd(radius, 40, goal: goal)), pgd = MeanLoss(new Pgd(radius, radius / 4, 40, goal: goal));

        Assert.True(apgd >= pgd - 1e-3f, $"APGD {apgd}, PGD {pgd}");
        Assert.True(apgd > victim.Judge(clean, labels).Loss.Average() + 0.1f, "the attack does nothing");
    }

    [Fact]
    public void Targets_find_what_apgd_finds()
    {
        int targeted = Fooled(new ApgdTargeted(Radius, 40)), untargeted = Fooled(new Apgd(Radius, 40));

        Assert.InRange(untargeted, 1, Count - 1);
        Assert.True(targeted >= untargeted - 1, $"APGD-T fooled {targeted}, APGD-CE {untargeted}");
    }

    public static TheoryData<string, Norm> Attacks => new()
    {
        { "ce", Norm.Linf }, { "dlr", Norm.Linf }, { "t", Norm.Linf }, { "pgd", Norm.Linf }, { "square", Norm.Linf },
        { "ce", Norm.L2 }, { "dlr", Norm.L2 }, { "t", Norm.L2 }, { "pgd", Norm.L2 }, { "square", Norm.L2 },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Results_stay_in_the_ball_also_at_8_bits_and_depend_on_the_seed_only(string name, Norm norm)
    {
        float radius = norm == Norm.Linf ? Radius : 0.3f;
        AttackGoal goal = new() { Norm = norm };
        IAttack attack = name switch
        {
            "ce" => new Apgd(radius, 20, goal: goal),
            "dlr" => new Apgd(radius, 20, goal: goal with { Loss = LossKind.Dlr }),
            "t" => new ApgdTargeted(radius, 10, norm: norm),
            "pgd" => new Pgd(radius, radius / 4, 20, goal: goal),
            _ => new Square(radius, 60, goal: goal),
        };
        float[] levels = [.. clean.Select(v => MathF.Round(v * 255) / 255f)];
        levels.AsSpan(0, 10).Clear();
        levels.AsSpan(10, 10).Fill(1);
        float[] free = LinearAttackTests.Attack(attack, victim, levels, labels), rounded = LinearAttackTests.Attack(new EightBitAttack(attack), victim, levels, labels);

        Balls.AssertInside(norm, radius, levels, free, Length);
        Balls.AssertInside(norm, radius, levels, rounded, Length);
        Assert.All(rounded, v => Assert.Equal(MathF.Round(v * 255), v * 255, 1e-3f));
        Assert.Equal(free, LinearAttackTests.Attack(attack, victim, levels, labels));
        Assert.True(Fooled(attack) > 0, "the attack fools nobody");
    }

    [Theory]
    [InlineData("apgd")]
    [InlineData("pgd")]
    [InlineData("square")]
    public void A_targeted_attack_reaches_its_target(string name)
    {
        long[] targets = [.. labels.Select(y => (y + 1) % 5)];
        AttackGoal goal = new() { Targeted = true };
        IAttack attack = name switch { "apgd" => new Apgd(0.9f, 60, 3, goal), "pgd" => new Pgd(0.9f, 0.05f, 60, 3, goal: goal), _ => new Square(0.9f, 800, goal: goal) };
        float[] adversarial = LinearAttackTests.Attack(attack, victim, clean, targets);

        Assert.InRange(victim.Judge(adversarial, targets).Predicted.Zip(targets, (a, b) => a == b).Count(hit => hit), Count * 9 / 10, Count);
    }

    [Fact]
    public void Too_few_classes_are_named()
    {
        LinearVictim two = new([[1, 0, 0], [0, 1, 0]]);

        ArgumentException error = Assert.Throws<ArgumentException>(() => LinearAttackTests.Attack(new ApgdTargeted(Radius, 2), two, [0.5f, 0.5f, 0.5f], [0]));

        Assert.Contains("at least 4 classes", error.Message, StringComparison.Ordinal);
        Assert.Equal([2, 3, 4, 4, 3], ((IAttack[])[
            new Apgd(Radius), new Apgd(Radius, goal: new AttackGoal { Loss = LossKind.Dlr }), new ApgdTargeted(Radius), AutoAttack.Standard(Radius, eightBit: true), AutoAttack.Rand(Radius)]).Select(a => a.LeastClasses));
    }

    // Losses, starts and step sizes are each picture's own, so pictures that leave must not change the search of those that stay.
    [Theory]
    [InlineData(LossKind.CrossEntropy, 1)]
    [InlineData(LossKind.Dlr, 2)]
    public void Pictures_that_leave_cost_nothing_more_and_change_nothing_for_the_others(LossKind loss, int restarts)
    {
        AttackGoal goal = new() { Loss = loss };
        float[] whole = LinearAttackTests.Attack(new Apgd(Radius, 60, restarts, goal), victim, clean, labels);
        long cost = victim.PicturesSeen;
        Dictionary<int, float[]> left = [];
        Apgd leaving = new(Radius, 60, restarts, goal)
        {
            Leaves = (points, places, leaves) =>
            {
                int each = points.Length / places.Length;
                for (int i = 0; i < places.Length; i++)
                {
                    leaves[i] = places[i] % 2 == 0;
                    if (leaves[i])
                        left.Add(places[i], points.Slice(i * each, each).ToArray());
                }
            },
        };

        float[] some = LinearAttackTests.Attack(leaving, victim, clean, labels);

        Assert.NotEmpty(left);
        Assert.True(victim.PicturesSeen - cost < cost);
        for (int n = 0; n < labels.Length; n++)
        {
            int each = clean.Length / labels.Length;
            float[] found = some[(n * each)..((n + 1) * each)];
            Assert.Equal(left.TryGetValue(n, out float[]? point) ? point : whole[(n * each)..((n + 1) * each)], found);
            Assert.Equal(n % 2 == 0 && victim.Judge(found, [labels[n]]).Predicted[0] != labels[n], left.ContainsKey(n));
        }
    }

    private static float[] Window(int length, int rises)
    {
        float[] losses = new float[length];
        float now = 0;
        for (int i = 0; i < length; i++)
            losses[i] = i < rises ? ++now : --now;
        return losses;
    }

    private static float SizeAfter(float[] losses, float start)
    {
        ApgdSteps rule = new(100, 0.75f);
        rule.Begin([start], 2);
        foreach (float loss in losses)
            rule.Observe([loss]);
        return rule.Sizes[0];
    }

    private static float[] SizesAtCheckpoints(float[] losses, float start) => [.. ((int[])[22, 41, 57]).Select(at => SizeAfter(losses[..at], start))];

    private int Fooled(IAttack attack) =>
        victim.Judge(LinearAttackTests.Attack(attack, victim, clean, labels), labels).Predicted.Zip(labels, (a, b) => a != b).Count(fooled => fooled);

    private float MeanLoss(IAttack attack) => victim.Judge(LinearAttackTests.Attack(attack, victim, clean, labels), labels).Loss.Average();
}
