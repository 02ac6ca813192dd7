using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

public sealed class CompositionTests
{
    private const float Radius = 16 / 255f;
    private const int Side = 6;
    private const int Length = 3 * Side * Side;
    private const int Count = 20;

    private readonly TanhVictim victim = new(Length, hidden: 16, classes: 4, seed: 9);
    private readonly float[] clean;
    private readonly long[] labels;

    public CompositionTests()
    {
        Random random = new(13);
        clean = [.. Enumerable.Range(0, Count * Length).Select(_ => random.NextSingle())];
        labels = victim.Judge(clean, new long[Count]).Predicted;
    }

    [Fact]
    public void Resizing_and_padding_has_an_exact_adjoint()
    {
        Random random = new(3);
        for (int trial = 0; trial < 20; trial++)
        {
            ResizeAndPad transform = new(7, 5, 0.5, random);
            float[] x = [.. Enumerable.Range(0, 2 * 105).Select(_ => random.NextSingle())], y = [.. Enumerable.Range(0, 2 * 105).Select(_ => random.NextSingle())];
            float[] forward = new float[210], back = new float[210];
            transform.Apply(x, forward);
            transform.ApplyAdjoint(y, back);

            Assert.Equal(forward.Zip(y, (a, b) => (double)a * b).Sum(), x.Zip(back, (a, b) => (double)a * b).Sum(), 1e-4);
        }
    }

    [Fact]
    public void Input_diversity_has_the_gradient_of_what_it_shows()
    {
        // The same seed at each call draws the same transform.
        IGradient still = new Redrawn(() => new DiverseGradient(victim, new Random(5), probability: 1, least: 0.5));

        Assert.InRange(GradientCheck.LargestError(still, clean, new CrossEntropyLoss(labels), Count, new Random(1), step: 5e-3f), 0, 0.05);
    }

    [Fact]
    public void Without_probability_input_diversity_does_nothing()
    {
        float[] plain = LinearAttackTests.Attack(new MiFgsm(Radius), victim, clean, labels);

        Assert.Equal(plain, LinearAttackTests.Attack(new MiFgsm(Radius), new DiverseGradient(victim, new Random(5), probability: 0), clean, labels));
    }

    [Fact]
    public void Smoothing_is_the_convolution_with_the_gaussian()
    {
        // The gradient of a linear model at one hot pixel is spread as the kernel is.
        float[] one = new float[3 * 9 * 9];
        one[(4 * 9) + 4] = 1;
        float[] logits = new float[2], loss = new float[1], gradient = new float[one.Length];
        IGradient smooth = new SmoothedGradient(new LinearVictim([new float[one.Length], one]), size: 5);
        smooth.Evaluate(new float[one.Length], new LogitDifference([0], [1]), logits, loss, gradient);

        double[] kernel = [.. Enumerable.Range(-2, 5).Select(i => Math.Exp(-Math.Pow(i * 1.5, 2) / 2))];
        for (int y = 0; y < 9; y++)
        {
            for (int x = 0; x < 9; x++)
            {
                double expected = Math.Abs(x - 4) > 2 || Math.Abs(y - 4) > 2 ? 0 : kernel[x - 2] * kernel[y - 2] / Math.Pow(kernel.Sum(), 2);
                Assert.Equal(expected, gradient[(y * 9) + x], 1e-6);
            }
        }

        Assert.All(gradient[81..], v => Assert.Equal(0, v));
    }

    [Theory]
    [InlineData("di-fgsm", "DI-FGSM-10 16/255")]
    [InlineData("ti-fgsm", "TI-FGSM-10 16/255")]
    [InlineData("mi-di-fgsm", "MI-DI-FGSM-10 16/255")]
    [InlineData("mi-ti-fgsm", "MI-TI-FGSM-10 16/255")]
    [InlineData("mi-ti-di-fgsm", "MI-TI-DI-FGSM-10 16/255")]
    public void Transfer_attacks_attack_and_stay_in_the_ball(string name, string shown)
    {
        IAttack attack = AttackFactory.Create(name, Radius);
        float[] adversarial = LinearAttackTests.Attack(attack, victim, clean, labels);

        Assert.Equal(shown, attack.Name);
        Balls.AssertInside(Norm.Linf, Radius, clean, adversarial, Length);
        Assert.Equal(adversarial, LinearAttackTests.Attack(attack, victim, clean, labels));
        Assert.True(victim.Judge(adversarial, labels).Loss.Average() > victim.Judge(clean, labels).Loss.Average() + 0.05f);
    }

    [Fact]
    public void Bpda_takes_the_gradient_behind_the_transform()
    {
        // Rounding to two levels has no gradient of its own.
        BpdaGradient rounded = new(victim, (from, to) =>
        {
            for (int i = 0; i < from.Length; i++)
                to[i] = MathF.Round(from[i]);
        });
        float[] levels = [.. clean.Select(v => MathF.Round(v))];
        float[] expected = new float[clean.Length], found = new float[clean.Length], logits = new float[Count * 4], seen = new float[Count * 4];
        victim.Evaluate(levels, labels, logits, new float[Count], expected);
        rounded.Evaluate(clean, labels, seen, new float[Count], found);

        Assert.Equal(expected, found);
        Assert.Equal(logits, seen);
        rounded.Predict(clean, seen);
        Assert.Equal(logits, seen);
    }

    [Fact]
    public void Bpda_with_the_true_derivative_is_the_true_gradient()
    {
        BpdaGradient darker = new(victim, (from, to) => Scale(from, to, 0.5f), (from, to) => Scale(from, to, 0.5f));

        Assert.InRange(GradientCheck.LargestError(darker, clean, new MarginLoss(labels), Count, new Random(1), step: 5e-3f), 0, 0.05);
    }

    [Fact]
    public void Eot_averages_before_the_sign_is_taken()
    {
        float[][] draws = [[3, -1, 0], [-1, -1, 0], [-1, 0.5f, 0]];
        Turning turning = new(draws);
        float[] gradient = new float[3], loss = new float[1], logits = new float[2];
        new EotGradient(turning, draws: 3).Evaluate([0, 0, 0], new LogitDifference([0], [1]), logits, loss, gradient);

        Assert.Equal(1 / 3f, gradient[0], 1e-6f);
        Assert.Equal(-0.5f, gradient[1], 1e-6f);
        Assert.Equal(0, gradient[2]);
        Assert.Equal(2, loss[0], 1e-6f);
    }

    private static void Scale(ReadOnlySpan<float> from, Span<float> to, float factor)
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = from[i] * factor;
    }

    /// <summary>A fresh victim for each call.</summary>
    private sealed class Redrawn(Func<IGradient> create) : IGradient
    {
        public int Classes => create().Classes;

        public int PictureLength => create().PictureLength;

        public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient) =>
            create().Evaluate(pictures, labels, logits, loss, gradient);
    }

    /// <summary>One given gradient after the other, with the losses 1, 2, 3.</summary>
    private sealed class Turning(float[][] gradients) : IGradient
    {
        private int turn;

        public int Classes => 2;

        public int PictureLength => 3;

        public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient) => throw new NotSupportedException();

        public void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient)
        {
            logits.Clear();
            gradients[turn].CopyTo(gradient);
            losses[0] = ++turn;
        }
    }
}
