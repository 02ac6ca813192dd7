namespace Realtime.Filter.Attacks;

/// <summary>Square attack in L-infinity (Andriushchenko et al. 2020, algorithm 2): vertical stripes, then squares of one sign a channel.</summary>
internal sealed class SquareLinfProposal(float epsilon, int width, int height) : ISquareProposal
{
    private const int Channels = 3;

    public void Start(ReadOnlySpan<float> clean, Span<float> candidate, Random random)
    {
        for (int at = 0; at < clean.Length; at += width * height)
        {
            for (int x = 0; x < width; x++)
            {
                float change = Sign(random) * epsilon;
                for (int i = at + x; i < at + (width * height); i += width)
                    candidate[i] = Math.Clamp(clean[i] + change, 0, 1);
            }
        }
    }

    public void Propose(ReadOnlySpan<float> clean, ReadOnlySpan<float> best, Span<float> candidate, double share, Random random)
    {
        int side = SquareSchedule.Side(share, width, height, least: 1), plane = width * height;
        int top = (int)(random.NextDouble() * (height - side)), left = (int)(random.NextDouble() * (width - side));
        Span<float> change = stackalloc float[Channels];
        foreach (ref float value in change)
            value = 2 * epsilon * Sign(random);

        best.CopyTo(candidate);
        for (int at = 0, channel = 0; at < clean.Length; at += plane, channel = (channel + 1) % Channels)
        {
            for (int y = top; y < top + side; y++)
            {
                for (int i = at + (y * width) + left; i < at + (y * width) + left + side; i++)
                {
                    float inside = Math.Clamp(best[i] + change[channel], clean[i] - epsilon, clean[i] + epsilon);
                    candidate[i] = Math.Clamp(inside, 0, 1);
                }
            }
        }
    }

    private static float Sign(Random random) => random.Next(2) == 0 ? -1 : 1;
}
