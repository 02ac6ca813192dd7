using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

public class UniversalPerturbationTests
{
    private const int Length = 48;
    private const float Epsilon = 0.1f;

    private readonly TanhVictim victim = new(Length, hidden: 12, classes: 4, seed: 3);

    [Fact]
    public void It_is_inside_the_ball_and_one_and_the_same_for_every_picture()
    {
        UniversalPerturbation attack = Learned();
        Assert.All(attack.Values.ToArray(), value => Assert.InRange(value, -Epsilon, Epsilon));
        Assert.Contains(attack.Values.ToArray(), value => MathF.Abs(value) == Epsilon);

        (float[] clean, long[] labels) = Pictures(5, seed: 77);
        float[] adversarial = new float[clean.Length];
        attack.Perturb(victim, clean, labels, adversarial, new Random(1));
        for (int i = 0; i < clean.Length; i++)
            Assert.Equal(Math.Clamp(clean[i] + attack.Values[i % Length], 0, 1), adversarial[i]);
    }

    [Fact]
    public void It_raises_the_error_on_pictures_it_never_saw_and_far_more_than_signs_of_chance_do()
    {
        (float[] clean, long[] labels) = Pictures(400, seed: 99);
        double before = Error(clean, labels), learned = Error(Perturbed(Learned(), clean, labels), labels);
        Random random = new(4);
        float[] noise = [.. Enumerable.Range(0, Length).Select(_ => random.Next(2) == 0 ? -Epsilon : Epsilon)];
        double chance = Error([.. clean.Select((value, i) => Math.Clamp(value + noise[i % Length], 0, 1))], labels);

        Assert.Equal(0, before);
        Assert.True(learned > chance + 0.15, $"error {learned:P0} with what was learned, {chance:P0} with chance");
    }

    // Of a linear victim with two classes every gradient of a class points the same way.
    [Fact]
    public void On_a_linear_victim_one_class_is_left_by_the_sign_of_the_weights()
    {
        LinearVictim linear = new([[1, -2, 3, 0], [0, 0, 0, 0]]);
        UniversalPerturbation attack = new(0.5f, 4, stepSize: 0.2f);
        float[] pictures = [0.5f, 0.5f, 0.5f, 0.5f, 0.6f, 0.4f, 0.5f, 0.5f];
        float first = attack.Learn(linear, pictures, [0, 0]), second = attack.Learn(linear, pictures, [0, 0]);
        Assert.Equal([-0.4f, 0.4f, -0.4f, 0], attack.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.True(second > first);
        attack.Learn(linear, pictures, [0, 0]);
        Assert.Equal([-0.5f, 0.5f, -0.5f, 0], attack.Values.ToArray());
    }

    [Fact]
    public void A_picture_that_is_fooled_enough_no_longer_leads()
    {
        LinearVictim linear = new([[40, 0], [0, 0]]);
        UniversalPerturbation attack = new(0.5f, 2, lossCap: 5);
        attack.Learn(linear, [0.5f, 0.5f], [1]);        // a loss of 20
        Assert.Equal([0, 0], attack.Values.ToArray());
        attack.Learn(linear, [0.05f, 0.5f], [1]);       // of 2.1
        Assert.Equal([0.125f, 0], attack.Values.ToArray());
    }

    [Fact]
    public void Values_outside_the_pixel_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new UniversalPerturbation(Epsilon, Length).Learn(victim, new float[Length].Select(_ => 1.5f).ToArray(), [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniversalPerturbation(0, Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniversalPerturbation(Epsilon, Length, stepSize: 0));
    }

    private UniversalPerturbation Learned()
    {
        UniversalPerturbation attack = new(Epsilon, Length);
        for (int round = 0; round < 40; round++)
        {
            (float[] pictures, long[] labels) = Pictures(16, seed: round % 8);
            attack.Learn(victim, pictures, labels);
        }

        return attack;
    }

    // Labelled by the victim itself: clean pictures are all right.
    private (float[] Pictures, long[] Labels) Pictures(int count, int seed)
    {
        Random random = new(seed);
        float[] pictures = [.. Enumerable.Range(0, count * Length).Select(_ => random.NextSingle())];
        return (pictures, victim.Judge(pictures, new long[count]).Predicted);
    }

    private float[] Perturbed(UniversalPerturbation attack, float[] clean, long[] labels)
    {
        float[] adversarial = new float[clean.Length];
        attack.Perturb(victim, clean, labels, adversarial, new Random(1));
        return adversarial;
    }

    private double Error(float[] pictures, long[] labels) =>
        victim.Judge(pictures, labels).Predicted.Zip(labels).Count(pair => pair.First != pair.Second) / (double)labels.Length;
}
