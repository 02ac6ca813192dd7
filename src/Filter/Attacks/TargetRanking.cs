namespace Realtime.Filter.Attacks;

/// <summary>The classes other than the true one, by falling logit of the clean picture: the targets of APGD-T and FAB-T.</summary>
internal sealed class TargetRanking
{
    private int[] ranked = [];
    private long[] targets = [];
    private int others;

    /// <summary>Asks for the clean pictures' logits and ranks.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="scratch">Begun with the batch.</param>
    /// <param name="clean">[count, 3, H, W].</param>
    public void Rank(IGradient victim, VictimScratch scratch, ReadOnlySpan<float> clean)
    {
        int count = scratch.Count, classes = victim.Classes;
        others = classes - 1;
        scratch.Predict(victim, clean);
        ranked = new int[count * others];
        targets = new long[count];
        int[] all = new int[classes];
        for (int n = 0; n < count; n++)
        {
            LogitRank.Top(scratch.LogitsOf(n), all);
            int at = n * others;
            foreach (int k in all)
            {
                if (k != scratch.Labels[n])
                    ranked[at++] = k;
            }
        }
    }

    /// <summary>[count] each picture's target of a rank, 0 for the likeliest.</summary>
    public long[] TargetsOf(int rank)
    {
        for (int n = 0; n < targets.Length; n++)
            targets[n] = ranked[(n * others) + rank];
        return targets;
    }

    /// <summary>[active.Count] or longer: each picture's target of a rank, 0 for the likeliest.</summary>
    public long[] TargetsOf(ActiveSet active, int rank)
    {
        for (int n = 0; n < active.Count; n++)
            targets[n] = ranked[(active.PlaceOf(n) * others) + rank];
        return targets;
    }
}
