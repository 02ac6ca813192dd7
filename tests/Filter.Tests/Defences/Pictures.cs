using Realtime.Filter.Defences;

namespace Realtime.Filter.Tests.Defences;

/// <summary>Pictures and products of them, for the tests of defences.</summary>
internal static class Pictures
{
    public static float[] Noise(int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
    }

    public static float[] Defend(this IDefence defence, float[] pictures, int width, int height, int seed = 1)
    {
        float[] defended = new float[pictures.Length];
        defence.Defend(pictures, width, height, new Random(seed), defended);
        return defended;
    }

    public static float[] Backward(this IDefence defence, float[] gradient)
    {
        float[] result = new float[gradient.Length];
        defence.Backward(gradient, result);
        return result;
    }

    public static double Dot(float[] first, float[] second) => first.Zip(second, (a, b) => (double)a * b).Sum();
}
