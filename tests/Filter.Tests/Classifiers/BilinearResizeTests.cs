using Realtime.Filter.Attacks;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Tests.Attacks;
using Realtime.Filter.Tiles;

namespace Realtime.Filter.Tests.Classifiers;

public sealed class BilinearResizeTests
{
    [Fact]
    public void Equal_sizes_copy_exactly()
    {
        float[] source = Noise(3 * 7 * 5, 1), target = new float[source.Length];
        BilinearResize resize = new(7, 5, 7, 5);
        resize.Apply(source, target);

        Assert.True(resize.IsIdentity);
        Assert.Equal(source, target);
    }

    [Fact]
    public void Halving_averages_two_by_two_and_doubling_interpolates_between_centres()
    {
        float[] small = new float[3 * 1 * 1], large = new float[3 * 1 * 4];
        new BilinearResize(2, 2, 1, 1).Apply([0f, 1, 2, 3, 4, 4, 4, 4, 8, 0, 0, 0], small);
        new BilinearResize(2, 1, 4, 1).Apply([0f, 1, 4, 8, 5, 5], large);

        Assert.Equal([1.5f, 4, 2], small);
        Assert.Equal([0, 0.25f, 0.75f, 1, 4, 5, 7, 8, 5, 5, 5, 5], large);
    }

    [Theory]
    [InlineData(9, 6, 4, 4)]
    [InlineData(4, 5, 9, 11)]
    [InlineData(1, 7, 5, 1)]
    [InlineData(64, 48, 32, 32)]
    public void The_adjoint_is_exact(int width, int height, int targetWidth, int targetHeight)
    {
        BilinearResize resize = new(width, height, targetWidth, targetHeight);
        float[] x = Noise(resize.SourceLength, 1), y = Noise(resize.TargetLength, 2);
        float[] forward = new float[resize.TargetLength], back = Noise(resize.SourceLength, 3);
        resize.Apply(x, forward);
        resize.ApplyAdjoint(y, back);

        // <R x, y> = <x, R' y>.
        Assert.Equal(Dot(forward, y), Dot(x, back), 1e-4 * resize.TargetLength);
        Assert.NotEqual(0, Dot(x, back));
    }

    [Fact]
    public void A_constant_picture_stays_constant()
    {
        float[] target = new float[3 * 11 * 13];
        new BilinearResize(6, 5, 11, 13).Apply([.. Enumerable.Repeat(0.3f, 90)], target);

        Assert.All(target, value => Assert.Equal(0.3f, value));
    }

    [Fact]
    public void Frames_of_bytes_resize_to_the_same_values_as_planes_of_floats()
    {
        byte[] frame = new byte[3 * 9 * 6];
        new Random(4).NextBytes(frame);
        float[] planes = new float[frame.Length];
        PlanarPixels.Split(frame, planes.AsSpan(0, 54), planes.AsSpan(54, 54), planes.AsSpan(108));
        foreach ((int width, int height) in ((int, int)[])[(4, 4), (9, 6), (13, 8)])
        {
            BilinearResize resize = new(9, 6, width, height);
            float[] fromBytes = new float[resize.TargetLength], fromFloats = new float[resize.TargetLength];
            resize.Apply(frame, fromBytes);
            resize.Apply(planes, fromFloats);

            Assert.Equal(fromFloats, fromBytes);
        }
    }

    [Fact]
    public void Frames_of_bytes_resize_to_the_nearest_levels_and_equal_sizes_copy()
    {
        byte[] frame = new byte[3 * 9 * 6];
        new Random(4).NextBytes(frame);
        foreach ((int width, int height) in ((int, int)[])[(4, 4), (9, 6), (13, 8)])
        {
            BilinearResize resize = new(9, 6, width, height);
            byte[] bytes = new byte[resize.TargetLength];
            float[] exact = new float[resize.TargetLength];
            resize.Apply(frame, bytes);
            resize.Apply(frame, exact);

            for (int i = 0; i < bytes.Length; i++)
                Assert.Equal(255 * exact[(i % 3 * width * height) + (i / 3)], bytes[i], 0.501f);
            Assert.Equal(resize.IsIdentity, frame.AsSpan().SequenceEqual(bytes));
        }
    }

    [Fact]
    public void A_victim_behind_a_resize_has_the_gradient_of_the_frame()
    {
        BilinearResize resize = new(5, 4, 3, 3);
        TanhVictim inner = new(resize.TargetLength, hidden: 12, classes: 4, seed: 3);
        ResizedGradient victim = new(inner, resize);
        float[] frames = Noise(2 * resize.SourceLength, 5), gradient = new float[frames.Length], loss = new float[2];
        victim.Evaluate(frames, [1, 2], new float[8], loss, gradient);

        for (int i = 0; i < resize.SourceLength; i++)
        {
            float[] up = [.. frames], down = [.. frames];
            for (int at = i; at < frames.Length; at += resize.SourceLength)
            {
                up[at] += 1e-2f;
                down[at] -= 1e-2f;
            }

            float[] above = new float[2], below = new float[2];
            victim.Evaluate(up, [1, 2], new float[8], above, new float[frames.Length]);
            victim.Evaluate(down, [1, 2], new float[8], below, new float[frames.Length]);
            for (int n = 0; n < 2; n++)
                Assert.Equal((above[n] - below[n]) / 2e-2f, gradient[(n * resize.SourceLength) + i], 2e-3f);
        }
    }

    [Fact]
    public void The_verdicts_on_a_frame_come_in_order_and_sum_to_one()
    {
        using TinyVictim victim = new(scale: 3);
        using OnnxClassifier classifier = OnnxClassifier.Open(victim.Path, threads: 1);
        FrameClassifier frames = new(classifier, 8, 6);
        byte[] frame = new byte[8 * 6 * 3];
        for (int i = 0; i < frame.Length; i++)
            frame[i] = (byte)((i % 3) switch { 0 => 51, 1 => 255, _ => 153 });
        Verdict best = frames.Classify(frame);
        Verdict[] top = new Verdict[5];

        Assert.Equal(3, frames.Top(top));
        Assert.Equal([1, 2, 0], top[..3].Select(verdict => verdict.Label));
        Assert.Equal(best, top[0]);
        Assert.Equal(1, top[..3].Sum(verdict => verdict.Confidence), 1e-5f);
        Assert.Equal(MathF.Exp(-1.2f), top[1].Confidence / top[0].Confidence, 1e-4f);
    }

    private static float[] Noise(int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
