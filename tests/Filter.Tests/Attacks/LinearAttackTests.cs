using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

/// <summary>On two linear classes the loss falls along sign(w_y - w_other), so the best picture of the ball is known.</summary>
public sealed class LinearAttackTests
{
    private const float Radius = 8 / 255f;

    private static readonly float[][] Weights = [[1, -2, 0.5f, 3, 0.25f], [-1, 0.5f, 0.5f, 1, 4]];
    private static readonly float[] Clean = [0.5f, 0.25f, 0.75f, 0.4f, 0.6f];

    public static TheoryData<string> AllAttacks => ["fgsm", "pgd", "mi-fgsm", "bim", "pgd-cw", "apgd-ce"];

    [Theory]
    [MemberData(nameof(AllAttacks))]
    public void Every_attack_finds_the_closed_form_optimum(string name)
    {
        LinearVictim victim = new(Weights);
        for (long label = 0; label < 2; label++)
        {
            float[] adversarial = Attack(AttackFactory.Create(name, Radius), victim, Clean, [label]);

            for (int i = 0; i < Clean.Length; i++)
            {
                float towards = MathF.Sign(Weights[label][i] - Weights[1 - label][i]);
                if (towards != 0)
                    Assert.Equal(Clean[i] - (Radius * towards), adversarial[i], 1e-6f);
            }
        }
    }

    [Fact]
    public void The_loss_after_fgsm_is_the_closed_form_value()
    {
        LinearVictim victim = new(Weights);
        float[] adversarial = Attack(new Fgsm(Radius), victim, Clean, [0]);

        // The margin w_0 x - w_1 x falls by epsilon times the L1 norm of w_0 - w_1; two-class cross-entropy is log(1 + exp(-margin)).
        double margin = 0, norm = 0;
        for (int i = 0; i < Clean.Length; i++)
        {
            margin += (Weights[0][i] - Weights[1][i]) * Clean[i];
            norm += Math.Abs(Weights[0][i] - Weights[1][i]);
        }

        Assert.Equal(Math.Log(1 + Math.Exp(-(margin - (Radius * norm)))), victim.Loss(adversarial, 0), 1e-5);
    }

    [Theory]
    [InlineData("fgsm")]
    [InlineData("mi-fgsm")]
    public void A_pixel_without_influence_is_left_alone(string name)
    {
        // The weights of pixel 2 are equal, so its gradient is exactly zero and sign(0) = 0.
        float[] adversarial = Attack(AttackFactory.Create(name, Radius), new LinearVictim(Weights), Clean, [0]);

        Assert.Equal(Clean[2], adversarial[2]);
    }

    [Theory]
    [MemberData(nameof(AllAttacks))]
    public void Results_stay_in_the_ball_and_in_the_pixel_range_at_black_and_white(string name)
    {
        float[] clean = [0, 1, 0.01f, 0.99f, 0.5f];
        float[] adversarial = Attack(AttackFactory.Create(name, Radius), new LinearVictim(Weights), clean, [1]);

        for (int i = 0; i < clean.Length; i++)
        {
            Assert.InRange(adversarial[i], 0, 1);
            Assert.InRange(MathF.Abs(adversarial[i] - clean[i]), 0, Radius + 1e-6f);
        }
    }

    [Theory]
    [MemberData(nameof(AllAttacks))]
    public void The_whole_pixel_range_leaves_no_accuracy(string name)
    {
        LinearVictim victim = new([[1, 0, 0.3f], [0, 1, -0.2f]]);
        Random random = new(3);
        float[] clean = [.. Enumerable.Range(0, 60).Select(_ => random.NextSingle())];
        long[] labels = [.. Enumerable.Range(0, 20).Select(n => clean[n * 3] + (0.5 * clean[(n * 3) + 2]) > clean[(n * 3) + 1] ? 0L : 1L)];
        float[] adversarial = Attack(AttackFactory.Create(name, 1), victim, clean, labels);

        for (int n = 0; n < labels.Length; n++)
            Assert.True(victim.Loss(adversarial[(n * 3)..((n * 3) + 3)], labels[n]) > Math.Log(2), $"picture {n} is still recognised");
    }

    [Theory]
    [InlineData(-0.01f, "-0.01")]
    [InlineData(1.5f, "1.5")]
    [InlineData(float.NaN, "NaN")]
    public void A_value_outside_the_pixel_range_is_named(float value, string shown)
    {
        float[] clean = [0.5f, 0.5f, value, 0.5f, 0.5f];

        ArgumentException error = Assert.Throws<ArgumentException>(() => Attack(new Fgsm(Radius), new LinearVictim(Weights), clean, [0]));

        Assert.Contains($"value 2 is {shown}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_the_victim_does_not_have_is_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Attack(new Fgsm(Radius), new LinearVictim(Weights), Clean, [2]));

        Assert.Contains("Label 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_victim_that_answers_nan_is_an_error_and_not_robustness()
    {
        LinearVictim victim = new([[float.NaN, 0, 0, 0, 0], [0, 0, 0, 0, 0]]);

        Assert.Throws<InvalidOperationException>(() => Attack(new Fgsm(Radius), victim, Clean, [0]));
    }

    internal static float[] Attack(IAttack attack, IGradient victim, float[] clean, long[] labels, int seed = 1)
    {
        float[] adversarial = new float[clean.Length];
        attack.Perturb(victim, clean, labels, adversarial, new Random(seed));
        return adversarial;
    }
}
