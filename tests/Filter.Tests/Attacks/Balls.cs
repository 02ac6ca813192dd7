using Realtime.Filter.Attacks;

namespace Realtime.Filter.Tests.Attacks;

/// <summary>Judges whether pictures are where they may be.</summary>
internal static class Balls
{
    public static void AssertInside(Norm norm, float radius, float[] clean, float[] adversarial, int length)
    {
        Assert.All(adversarial, v => Assert.InRange(v, 0, 1));
        for (int at = 0; at < clean.Length; at += length)
            Assert.InRange(Distance(norm, clean[at..(at + length)], adversarial[at..(at + length)]), 0, radius + 1e-6);
    }

    public static double Distance(Norm norm, float[] a, float[] b)
    {
        double[] change = [.. a.Zip(b, (u, v) => Math.Abs(u - (double)v))];
        return norm == Norm.Linf ? change.Max() : Math.Sqrt(change.Sum(d => d * d));
    }
}
