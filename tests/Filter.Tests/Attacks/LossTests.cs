using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

public sealed class LossTests
{
    private static readonly long[] Labels = [0, 3, 2, 4, 1];
    private static readonly long[] Targets = [1, 0, 4, 2, 3];

    public static TheoryData<string> Losses => ["ce", "margin", "dlr", "dlr-t", "difference", "single", "targeted"];

    public static ILogitLoss Create(string name) => name switch
    {
        "ce" => new CrossEntropyLoss(Labels),
        "margin" => new MarginLoss(Labels),
        "dlr" => new DlrLoss(Labels),
        "dlr-t" => new TargetedDlrLoss(Labels, Targets),
        "difference" => new LogitDifference(Labels, Targets),
        "single" => new SingleLogit(Labels),
        _ => new NegatedLoss(new CrossEntropyLoss(Labels)),
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void Slopes_are_the_finite_differences(string name)
    {
        ILogitLoss loss = Create(name);
        Random random = new(5);
        for (int trial = 0; trial < 40; trial++)
        {
            // Distances of at least 0.1, so that no order changes within the difference.
            float[] logits = [.. Enumerable.Range(0, 5).Select(k => (k * 0.6f) + (random.NextSingle() * 0.4f))];
            random.Shuffle(logits);
            int picture = trial % 5;
            float[] slope = new float[5], ignored = new float[5];
            loss.Evaluate(picture, logits, slope);
            for (int k = 0; k < 5; k++)
            {
                float[] up = [.. logits], down = [.. logits];
                up[k] += 0.02f;
                down[k] -= 0.02f;
                float expected = (loss.Evaluate(picture, up, ignored) - loss.Evaluate(picture, down, ignored)) / (up[k] - down[k]);
                Assert.Equal(expected, slope[k], 2e-3f);
            }
        }
    }

    [Theory]
    [InlineData("dlr")]
    [InlineData("dlr-t")]
    public void Dlr_ignores_shift_and_scale(string name)
    {
        ILogitLoss loss = Create(name);
        float[] logits = [3, -1, 0.5f, 2, 1.25f], moved = [.. logits.Select(z => (z * 7) + 11)];
        for (int picture = 0; picture < 5; picture++)
            Assert.Equal(loss.Evaluate(picture, logits, new float[5]), loss.Evaluate(picture, moved, new float[5]), 1e-5f);
    }

    [Fact]
    public void Dlr_has_the_values_of_its_formula()
    {
        float[] logits = [3, -1, 0.5f, 2, 1.25f];       // sorted: 3, 2, 1.25, 0.5, -1

        Assert.Equal(-(3f - 2) / (3 - 1.25f), new DlrLoss([0]).Evaluate(0, logits, new float[5]), 1e-6f);
        Assert.Equal(-(2f - 3) / (3 - 1.25f), new DlrLoss([3]).Evaluate(0, logits, new float[5]), 1e-6f);
        Assert.Equal(-(3f - -1) / (3 - ((1.25f + 0.5f) / 2)), new TargetedDlrLoss([0], [1]).Evaluate(0, logits, new float[5]), 1e-6f);
    }

    [Fact]
    public void Top_ranks_and_the_first_class_wins_a_tie()
    {
        int[] top = new int[4];
        LogitRank.Top([1, 5, 5, -2, 7], top);

        Assert.Equal([4, 1, 2, 0], top);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Victims_that_only_know_cross_entropy_give_every_other_gradient_or_say_no(string name)
    {
        TanhVictim victim = new(27, hidden: 12, classes: 5, seed: 3);
        Random random = new(8);
        float[] pictures = [.. Enumerable.Range(0, 5 * 27).Select(_ => random.NextSingle())];
        IGradient gradient = victim;
        if (name == "single")
        {
            float[] logits = new float[25];
            NotSupportedException error = Assert.Throws<NotSupportedException>(() => gradient.Evaluate(pictures, Create(name), logits, new float[5], new float[pictures.Length]));
            Assert.Contains("SingleLogit", error.Message, StringComparison.Ordinal);
            return;
        }

        Assert.InRange(GradientCheck.LargestError(victim, pictures, Create(name), 5, new Random(1), step: 5e-3f), 0, 0.05);
    }

    [Fact]
    public void The_gradient_check_sees_a_wrong_gradient()
    {
        TanhVictim victim = new(27, hidden: 12, classes: 5, seed: 3);
        float[] pictures = [.. Enumerable.Range(0, 5 * 27).Select(i => (i % 10) / 10f)];

        Assert.InRange(GradientCheck.LargestError(new HalvedGradient(victim), pictures, new CrossEntropyLoss(Labels), 5, new Random(1)), 0.3, 10);
    }

    private sealed class HalvedGradient(IGradient inner) : IGradient
    {
        public int Classes => inner.Classes;

        public int PictureLength => inner.PictureLength;

        public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
        {
            inner.Evaluate(pictures, labels, logits, loss, gradient);
            foreach (ref float value in gradient)
                value /= 2;
        }
    }
}
