using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

public sealed class StAdvTests
{
    private const int Width = 7;
    private const int Height = 5;
    private const int Plane = Width * Height;

    private readonly float[] picture;

    public StAdvTests()
    {
        Random random = new(17);
        picture = [.. Enumerable.Range(0, 3 * Plane).Select(_ => random.NextSingle())];
    }

    [Fact]
    public void No_flow_gives_the_picture_back_exactly()
    {
        float[] warped = new float[picture.Length];
        FlowField.Warp(picture, new float[2 * Plane], Width, Height, warped);

        Assert.Equal(picture, warped);
    }

    [Fact]
    public void A_flow_of_one_pixel_shifts_and_repeats_the_edge()
    {
        float[] flow = new float[2 * Plane], warped = new float[picture.Length];
        flow.AsSpan(0, Plane).Fill(1);
        FlowField.Warp(picture, flow, Width, Height, warped);

        for (int i = 0; i < warped.Length; i++)
            Assert.Equal(picture[i % Width == Width - 1 ? i : i + 1], warped[i]);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.7f)]
    public void A_constant_flow_is_smooth(float shift)
    {
        float[] flow = new float[2 * Plane], slope = new float[2 * Plane];
        Array.Fill(flow, shift);

        Assert.Equal(0, FlowField.Roughness(flow, Width, Height, slope, 1), 1e-9);
        Assert.All(slope, v => Assert.Equal(0, v));
    }

    [Fact]
    public void The_slopes_of_warp_and_roughness_are_the_finite_differences()
    {
        Random random = new(3);
        float[] flow = [.. Enumerable.Range(0, 2 * Plane).Select(_ => (random.NextSingle() * 0.8f) + 0.1f)];        // inside one cell
        float[] gradient = [.. picture.Select(_ => random.NextSingle() - 0.5f)];
        float[] slope = new float[flow.Length], roughSlope = new float[flow.Length];
        FlowField.Pull(picture, flow, Width, Height, gradient, slope);
        FlowField.Roughness(flow, Width, Height, roughSlope, 1);
        for (int i = 0; i < flow.Length; i++)
        {
            float[] up = [.. flow], down = [.. flow];
            up[i] += 5e-3f;
            down[i] -= 5e-3f;
            float step = up[i] - down[i];
            Assert.Equal((Dot(up, gradient) - Dot(down, gradient)) / step, slope[i], 1e-3);
            Assert.Equal((Rough(up) - Rough(down)) / step, roughSlope[i], 0.05);
        }
    }

    [Fact]
    public void Moving_pixels_fools_a_net_within_the_bound_of_the_flow()
    {
        const int Side = 8, Length = 3 * Side * Side, Count = 20;
        TanhVictim victim = new(Length, hidden: 16, classes: 4, seed: 9);
        Random random = new(13);
        float[] clean = [.. Enumerable.Range(0, Count * Length).Select(_ => random.NextSingle())];
        long[] labels = victim.Judge(clean, new long[Count]).Predicted;
        StAdv attack = new(steps: 60, bound: 0.2f);
        float[] adversarial = LinearAttackTests.Attack(attack, victim, clean, labels);

        Assert.InRange(victim.Judge(adversarial, labels).Predicted.Zip(labels, (a, b) => a != b).Count(fooled => fooled), Count / 2, Count);
        Assert.Equal(adversarial, LinearAttackTests.Attack(attack, victim, clean, labels));
        Assert.All(adversarial, v => Assert.InRange(v, 0, 1));

        // Shifts of less than a pixel mix neighbours: no value leaves the range of its 3 x 3 neighbourhood.
        for (int i = 0; i < adversarial.Length; i++)
        {
            int plane = i / (Side * Side) * Side * Side, y = i % (Side * Side) / Side, x = i % Side;
            float[] around = [.. Enumerable.Range(0, 9)
                .Select(k => (Y: Math.Clamp(y + (k / 3) - 1, 0, Side - 1), X: Math.Clamp(x + (k % 3) - 1, 0, Side - 1)))
                .Select(p => clean[plane + (p.Y * Side) + p.X])];
            Assert.InRange(adversarial[i], around.Min() - 1e-5f, around.Max() + 1e-5f);
        }

        // Clean pictures of a uniform colour cannot be moved.
        float[] grey = new float[Length];
        Array.Fill(grey, 0.5f);
        Assert.All(LinearAttackTests.Attack(attack, victim, grey, [victim.Judge(grey, [0]).Predicted[0]]), v => Assert.Equal(0.5f, v, 1e-6f));
    }

    private double Dot(float[] flow, float[] gradient)
    {
        float[] warped = new float[picture.Length];
        FlowField.Warp(picture, flow, Width, Height, warped);
        return warped.Zip(gradient, (a, b) => (double)a * b).Sum();
    }

    private static double Rough(float[] flow) => FlowField.Roughness(flow, Width, Height, new float[flow.Length], 1);
}
