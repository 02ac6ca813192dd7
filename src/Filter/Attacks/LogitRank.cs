namespace Realtime.Filter.Attacks;

/// <summary>Order statistics of logits; the first class wins a tie.</summary>
internal static class LogitRank
{
    /// <summary>The class with the largest logit other than <paramref name="label"/>.</summary>
    public static int BestOther(ReadOnlySpan<float> logits, long label)
    {
        int best = label == 0 ? 1 : 0;
        for (int k = best + 1; k < logits.Length; k++)
        {
            if (k != label && logits[k] > logits[best])
                best = k;
        }

        return best;
    }

    /// <summary>Writes the classes of the largest logits, largest first.</summary>
    /// <param name="logits">[K].</param>
    /// <param name="classes">As many classes as are wanted, at most K.</param>
    public static void Top(ReadOnlySpan<float> logits, Span<int> classes)
    {
        int found = 0;
        for (int k = 0; k < logits.Length; k++)
        {
            int at = Math.Min(found, classes.Length);
            while (at > 0 && logits[k] > logits[classes[at - 1]])
            {
                if (at < classes.Length)
                    classes[at] = classes[at - 1];
                at--;
            }

            if (at < classes.Length)
                classes[at] = k;
            found++;
        }
    }

    /// <summary>z_y minus the largest other logit: 0 or less where another class is at least as likely.</summary>
    public static float Margin(ReadOnlySpan<float> logits, long label) => logits[(int)label] - logits[BestOther(logits, label)];
}
