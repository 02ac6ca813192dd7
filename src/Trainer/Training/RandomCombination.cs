using static TorchSharp.torch;

namespace Realtime.Trainer.Training;

/// <summary>
/// IMPure's random combination module (section 3.2.2): a share of the attack is left in random patches of the purified picture before the perceptual loss looks at
/// it, so that what similar patches let through is made up for by the others.
/// </summary>
public static class RandomCombination
{
    /// <summary>Draws masks u [B, 1, H, H]: the share of the purified picture, one value a patch.</summary>
    /// <param name="pictures">Pictures B.</param>
    /// <param name="size">Their edge H, a multiple of <paramref name="patch"/>.</param>
    /// <param name="patch">Edge of a patch.</param>
    /// <param name="kind">The values.</param>
    /// <param name="random">Their source.</param>
    public static Tensor Draw(int pictures, int size, int patch, CombinationKind kind, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int edge = size / patch, each = edge * edge;
        float[] shares = new float[pictures * each];
        for (int b = 0; b < pictures; b++)
        {
            Span<float> own = shares.AsSpan(b * each, each);
            if (kind == CombinationKind.Grey)
            {
                foreach (ref float share in own)
                    share = random.NextSingle();
            }
            else
            {
                own.Fill(1);
                own[..(each / random.Next(2, 5))].Clear();
                random.Shuffle(own);
            }
        }

        return tensor(shares, [pictures, 1, edge, 1, edge, 1]).expand(pictures, 1, edge, patch, edge, patch).reshape(pictures, 1, size, size);
    }

    /// <summary>Equation 10, with the attacked picture as in Algorithm 1 (the equation prints the clean one): purified u + attacked (1 - u).</summary>
    public static Tensor Mix(Tensor purified, Tensor attacked, Tensor share) => purified * share + attacked * (share * -1f + 1f);
}
