namespace Realtime.Trainer.Data;

/// <summary>The order in which pictures are seen: a fresh permutation each epoch, a function of seed and step alone.</summary>
public static class EpochOrder
{
    private static (int Count, int Seed, long Epoch, int[] Order)? cached;

    /// <summary>The pictures of <paramref name="step"/> (from 1). A batch never straddles two epochs; the short rest of an epoch is left out.</summary>
    public static int[] Of(int count, int batchSize, long step, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, count);
        int perEpoch = count / batchSize;
        long epoch = (step - 1) / perEpoch;
        int at = (int)((step - 1) % perEpoch) * batchSize;
        return Permutation(count, seed, epoch).AsSpan(at, batchSize).ToArray();
    }

    private static int[] Permutation(int count, int seed, long epoch)
    {
        if (cached is (int c, int s, long e, int[] known) && c == count && s == seed && e == epoch)
            return known;
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(unchecked((int)(seed * 7919L + epoch))).Shuffle(order);
        cached = (count, seed, epoch, order);
        return order;
    }
}
