namespace Realtime.Filter.Attacks;

/// <summary>How much of the picture a proposal of the Square attack changes (Andriushchenko et al. 2020, section 3.2 and their code).</summary>
public static class SquareSchedule
{
    private static readonly int[] Halvings = [10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000];

    /// <summary>The share of pixels at a query: halved after 10, 50, 200, 500, 1000, 2000, 4000, 6000 and 8000 queries.</summary>
    /// <param name="query">Number of the proposal, from 0.</param>
    /// <param name="initial">The share to begin with; the paper's 0.8 in L-infinity.</param>
    /// <param name="rescaledTo">The budget, where its queries stand for 10,000; null where queries count as they are, as in AutoAttack.</param>
    public static double Share(int query, double initial, int? rescaledTo = null)
    {
        int at = rescaledTo is int budget ? (int)((double)query / budget * 10000) : query;
        foreach (int halving in Halvings)
        {
            if (at > halving)
                initial /= 2;
        }

        return initial;
    }

    /// <summary>Edge of a square of that share, rounded half to even, at least <paramref name="least"/> and inside the picture.</summary>
    /// <param name="share">0..1.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    /// <param name="least">1 in L-infinity, 3 in L2.</param>
    public static int Side(double share, int width, int height, int least) =>
        Math.Min(Math.Max((int)Math.Round(Math.Sqrt(share * width * height)), least), Math.Min(width, height));
}
