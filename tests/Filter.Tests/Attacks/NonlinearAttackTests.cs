using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

public sealed class NonlinearAttackTests
{
    private const float Radius = 16 / 255f;
    private const int Length = 27;
    private const int Count = 60;

    private readonly TanhVictim victim = new(Length, hidden: 24, classes: 4, seed: 7);
    private readonly float[] clean;
    private readonly long[] labels;

    public NonlinearAttackTests()
    {
        Random random = new(11);
        clean = [.. Enumerable.Range(0, Count * Length).Select(_ => random.NextSingle())];
        labels = victim.Judge(clean, new long[Count]).Predicted;
    }

    [Fact]
    public void The_test_net_has_the_gradient_of_its_loss()
    {
        float[] x = clean[..Length];
        float[] gradient = new float[Length];
        victim.Evaluate(x, [2], new float[4], new float[1], gradient);
        for (int i = 0; i < Length; i++)
        {
            float[] up = [.. x], down = [.. x];
            up[i] += 1e-2f;
            down[i] -= 1e-2f;
            float slope = (victim.Judge(up, [2]).Loss[0] - victim.Judge(down, [2]).Loss[0]) / (up[i] - down[i]);
            Assert.Equal(slope, gradient[i], 2e-3f);
        }
    }

    [Theory]
    [InlineData("pgd")]
    [InlineData("mi-fgsm")]
    public void More_steps_are_never_weaker_on_average(string name)
    {
        float previous = MeanLoss(clean);
        foreach (int steps in (int[])[1, 3, 10, 40])
        {
            float now = MeanLoss(Attack(AttackFactory.Create(name, Radius, steps)));
            Assert.True(now >= previous - 1e-3f, $"{name} with {steps} steps: {now} after {previous}");
            previous = now;
        }

        Assert.True(previous > MeanLoss(clean) + 0.1f, "the attack does nothing");
    }

    [Fact]
    public void Restarts_are_never_worse_than_one_run()
    {
        float[] once = Attack(new Pgd(Radius, Radius / 4, steps: 5));
        float[] often = Attack(new Pgd(Radius, Radius / 4, steps: 5, restarts: 6));

        (float[] onceLoss, long[] oncePredicted) = victim.Judge(once, labels);
        (float[] oftenLoss, long[] oftenPredicted) = victim.Judge(often, labels);
        int gains = 0;
        for (int n = 0; n < Count; n++)
        {
            bool onceFooled = oncePredicted[n] != labels[n], oftenFooled = oftenPredicted[n] != labels[n];
            Assert.True(oftenFooled || !onceFooled, $"picture {n} was fooled by one run only");
            if (onceFooled == oftenFooled)
                Assert.True(oftenLoss[n] >= onceLoss[n], $"picture {n}");
            gains += oftenLoss[n] > onceLoss[n] ? 1 : 0;
        }

        Assert.True(gains > Count / 4, $"six restarts improved only {gains} of {Count} pictures");
    }

    [Fact]
    public void A_misclassified_restart_beats_one_with_a_higher_loss()
    {
        // Three classes: the loss is largest between the two wrong ones, where neither of them wins.
        ScriptedVictim scripted = new(
            (Logits: [0, 1, -9], Loss: 1.3f),
            (Logits: [1, 0.9f, 0.9f], Loss: 5),
            (Logits: [0, 2, -9], Loss: 2.1f));
        float[] adversarial = new float[3];
        new Pgd(0.1f, 0.05f, steps: 1, restarts: 3).Perturb(scripted, [0.5f, 0.5f, 0.5f], [0], adversarial, new Random(1));

        Assert.Equal(scripted.EndPoints[2], adversarial);
    }

    [Fact]
    public void The_random_start_is_clipped_to_the_pixel_range_and_the_ball()
    {
        float[] black = new float[Length];
        StartRecorder recorder = new(Length);
        new Pgd(0.25f, 0.01f, steps: 1).Perturb(recorder, black, [0], new float[Length], new Random(5));

        Assert.All(recorder.First!, value => Assert.InRange(value, 0, 0.25f));
        Assert.Contains(recorder.First!, value => value == 0);
        Assert.Contains(recorder.First!, value => value > 0.05f);
    }

    [Fact]
    public void Mi_fgsm_of_a_picture_does_not_depend_on_its_batch_mates()
    {
        float[] together = Attack(new MiFgsm(Radius));
        for (int n = 0; n < 5; n++)
        {
            float[] alone = LinearAttackTests.Attack(new MiFgsm(Radius), victim, clean[(n * Length)..((n + 1) * Length)], [labels[n]]);
            Assert.Equal(alone, together[(n * Length)..((n + 1) * Length)]);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_attack_and_another_one_does_not()
    {
        Pgd pgd = new(Radius, Radius / 4, steps: 3);

        Assert.Equal(Attack(pgd, seed: 4), Attack(pgd, seed: 4));
        Assert.NotEqual(Attack(pgd, seed: 4), Attack(pgd, seed: 5));
    }

    private float[] Attack(IAttack attack, int seed = 1) => LinearAttackTests.Attack(attack, victim, clean, labels, seed);

    private float MeanLoss(float[] pictures) => victim.Judge(pictures, labels).Loss.Average();

    /// <summary>Answers the end point of each restart (every second question) from a list.</summary>
    private sealed class ScriptedVictim(params (float[] Logits, float Loss)[] answers) : IGradient
    {
        private int asked;

        public int Classes => 3;

        public int PictureLength => 3;

        public List<float[]> EndPoints { get; } = [];

        public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
        {
            (float[] answer, loss[0]) = answers[asked / 2];
            answer.CopyTo(logits);
            gradient.Fill(1);
            if (asked++ % 2 == 1)
                EndPoints.Add(pictures.ToArray());
        }
    }

    private sealed class StartRecorder(int length) : IGradient
    {
        public int Classes => 2;

        public int PictureLength => length;

        public float[]? First { get; private set; }

        public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
        {
            First ??= pictures.ToArray();
            logits.Clear();
            loss.Clear();
            gradient.Clear();
        }
    }
}
