namespace Realtime.Filter.Attacks;

/// <summary>
/// Warps pictures by a field of shifts with bilinear sampling (Xiao et al. 2018, StAdv, equation 1): pixel (x, y) shows the old picture at
/// (x + u, y + v), and at its edge beyond it. No shift gives the picture back exactly.
/// </summary>
internal static class FlowField
{
    private const int Channels = 3;
    private const float Tiny = 1e-8f;

    /// <summary>Warps one picture.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="flow">[2, H, W]: u, then v, in pixels.</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="warped">[3, H, W].</param>
    public static void Warp(ReadOnlySpan<float> picture, ReadOnlySpan<float> flow, int width, int height, Span<float> warped)
    {
        int plane = width * height;
        for (int i = 0; i < plane; i++)
        {
            Tap x = Tap.At((i % width) + flow[i], width), y = Tap.At((i / width) + flow[plane + i], height);
            for (int channel = 0; channel < Channels; channel++)
            {
                ReadOnlySpan<float> own = picture.Slice(channel * plane, plane);
                float upper = x.Mix(own[(y.First * width) + x.First], own[(y.First * width) + x.Second]);
                float lower = x.Mix(own[(y.Second * width) + x.First], own[(y.Second * width) + x.Second]);
                warped[(channel * plane) + i] = y.Mix(upper, lower);
            }
        }
    }

    /// <summary>Carries a gradient of the warped picture to the flow.</summary>
    /// <param name="picture">[3, H, W].</param>
    /// <param name="flow">[2, H, W].</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="gradient">[3, H, W] of the warped picture.</param>
    /// <param name="slope">[2, H, W] receives the gradient of the flow.</param>
    public static void Pull(ReadOnlySpan<float> picture, ReadOnlySpan<float> flow, int width, int height, ReadOnlySpan<float> gradient, Span<float> slope)
    {
        int plane = width * height;
        slope.Clear();
        for (int i = 0; i < plane; i++)
        {
            Tap x = Tap.At((i % width) + flow[i], width), y = Tap.At((i / width) + flow[plane + i], height);
            for (int channel = 0; channel < Channels; channel++)
            {
                ReadOnlySpan<float> own = picture.Slice(channel * plane, plane);
                float a = own[(y.First * width) + x.First], b = own[(y.First * width) + x.Second];
                float c = own[(y.Second * width) + x.First], d = own[(y.Second * width) + x.Second];
                float pull = gradient[(channel * plane) + i];
                slope[i] += x.Moves ? pull * y.Mix(b - a, d - c) : 0;
                slope[plane + i] += y.Moves ? pull * (x.Mix(c, d) - x.Mix(a, b)) : 0;
            }
        }
    }

    /// <summary>
    /// How uneven a flow is: the sum over pixels and their four neighbours of |difference of shifts| (equation 4), zero for a constant flow.
    /// </summary>
    /// <param name="flow">[2, H, W].</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="slope">[2, H, W]; <paramref name="weight"/> times the gradient is added.</param>
    /// <param name="weight">tau.</param>
    public static double Roughness(ReadOnlySpan<float> flow, int width, int height, Span<float> slope, float weight)
    {
        int plane = width * height;
        double sum = 0;
        for (int i = 0; i < plane; i++)
        {
            if (i % width < width - 1)
                sum += Pair(flow, i, i + 1, plane, slope, weight);
            if (i / width < height - 1)
                sum += Pair(flow, i, i + width, plane, slope, weight);
        }

        return sum;
    }

    /// <summary>Both directions of a pair of neighbours. The root is rounded off near zero and shifted to be zero there.</summary>
    private static double Pair(ReadOnlySpan<float> flow, int i, int j, int plane, Span<float> slope, float weight)
    {
        float u = flow[i] - flow[j], v = flow[plane + i] - flow[plane + j], root = MathF.Sqrt((u * u) + (v * v) + Tiny);
        float pull = 2 * weight / root;
        slope[i] += pull * u;
        slope[j] -= pull * u;
        slope[plane + i] += pull * v;
        slope[plane + j] -= pull * v;
        return 2 * (root - Math.Sqrt(Tiny));
    }

    /// <summary>Two neighbouring pixels and the weight of the second; a place beyond the edge does not move the sample.</summary>
    private readonly record struct Tap(int First, int Second, float Weight, bool Moves)
    {
        public static Tap At(float place, int size)
        {
            float inside = Math.Clamp(place, 0, size - 1);
            int first = Math.Clamp((int)inside, 0, Math.Max(0, size - 2));
            return new Tap(first, Math.Min(first + 1, size - 1), inside - first, inside == place);
        }

        // In this form weights of zero and one both give a pixel exactly.
        public float Mix(float a, float b) => ((1 - Weight) * a) + (Weight * b);
    }
}
