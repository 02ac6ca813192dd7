using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

public sealed class AutoAttackTests
{
    private const float Radius = 12 / 255f;
    private const int Length = 27;
    private const int Count = 40;

    private readonly TanhVictim victim = new(Length, hidden: 24, classes: 5, seed: 7);
    private readonly float[] clean;
    private readonly long[] labels;

    public AutoAttackTests()
    {
        Random random = new(11);
        clean = [.. Enumerable.Range(0, Count * Length).Select(_ => random.Next(256) / 255f)];
        labels = victim.Judge(clean, new long[Count]).Predicted;
        labels[3] = (labels[3] + 1) % 5;        // one that the victim gets wrong
    }

    [Fact]
    public void The_active_set_shrinks_and_the_result_is_the_worst_case_of_every_picture()
    {
        IAttack[] members = [new Fgsm(Radius), new Apgd(Radius, 30), new Square(Radius, 100)];
        AutoAttack all = new("test", members);
        float[] adversarial = LinearAttackTests.Attack(all, victim, clean, labels);
        long[] predicted = victim.Judge(adversarial, labels).Predicted;

        Assert.Equal(Count, all.Pictures);
        Assert.Equal(Count - 1, all.RightBefore);
        Assert.Equal(all.RightBefore, all.Members[0].Tried);
        for (int i = 1; i < members.Length; i++)
            Assert.Equal(all.Members[i - 1].Survived, all.Members[i].Tried);
        Assert.InRange(all.Members[0].Survived, 1, Count - 2);
        Assert.Equal(all.Members[^1].Survived, predicted.Zip(labels, (a, b) => a == b).Count(right => right));
        Assert.Equal(clean[(3 * Length)..(4 * Length)], adversarial[(3 * Length)..(4 * Length)]);
        Balls.AssertInside(Norm.Linf, Radius, clean, adversarial, Length);

        // What the first member fools alone stays fooled.
        long[] byFirst = victim.Judge(LinearAttackTests.Attack(members[0], victim, clean, labels), labels).Predicted;
        for (int n = 0; n < Count; n++)
            Assert.False(byFirst[n] != labels[n] && predicted[n] == labels[n], $"picture {n}");
    }

    [Fact]
    public void Members_of_different_radii_are_refused() =>
        Assert.Throws<ArgumentException>(() => new AutoAttack("test", [new Fgsm(0.1f), new Fgsm(0.2f)]));

    [Fact]
    public void Random_logits_are_told_and_rand_expects_them()
    {
        NoisyVictim noisy = new(victim, 0.05f);
        AutoAttack plain = new("test", [new Fgsm(Radius)]), rand = AutoAttack.Rand(Radius, steps: 4, draws: 5);
        LinearAttackTests.Attack(plain, noisy, clean, labels);
        LinearAttackTests.Attack(rand, noisy, clean, labels);

        Assert.Contains(plain.Warnings, w => w.Contains("random", StringComparison.Ordinal));
        Assert.Empty(rand.Warnings);
        Assert.True(rand.Members[^1].Survived < rand.RightBefore);
    }

    [Fact]
    public void A_sound_victim_raises_no_warning()
    {
        AutoAttack plain = new("test", [new Apgd(Radius, 30), new Apgd(Radius, 30, goal: new AttackGoal { Loss = LossKind.Dlr })]);
        LinearAttackTests.Attack(plain, victim, clean, labels);

        Assert.Empty(plain.Warnings);
    }

    [Fact]
    public void A_masked_gradient_is_told_by_square_and_by_its_zeros()
    {
        AutoAttack all = new("test", [new Apgd(Radius, 10), new Square(Radius, 200)]);
        LinearAttackTests.Attack(all, new MaskedVictim(victim), clean, labels);

        Assert.Contains(all.Warnings, w => w.Contains("exactly zero", StringComparison.Ordinal));
        Assert.Contains(all.Warnings, w => w.StartsWith("Square", StringComparison.Ordinal));
    }

    /// <summary>Adds fresh noise to logits.</summary>
    private sealed class NoisyVictim(IGradient inner, float noise) : IGradient
    {
        private readonly Random random = new(1);

        public int Classes => inner.Classes;

        public int PictureLength => inner.PictureLength;

        public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
        {
            inner.Evaluate(pictures, labels, logits, loss, gradient);
            foreach (ref float z in logits)
                z += noise * random.NextSingle();
        }
    }

    /// <summary>True logits, but no gradient.</summary>
    private sealed class MaskedVictim(IGradient inner) : IGradient
    {
        public int Classes => inner.Classes;

        public int PictureLength => inner.PictureLength;

        public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
        {
            inner.Evaluate(pictures, labels, logits, loss, gradient);
            gradient.Clear();
        }
    }
}
