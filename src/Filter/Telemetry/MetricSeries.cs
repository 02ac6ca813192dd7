namespace Realtime.Filter.Telemetry;

/// <summary>The values of one instrument under one set of labels.</summary>
/// <param name="tags">The labels.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets, ascending; null for a single value.</param>
internal sealed class MetricSeries(KeyValuePair<string, object?>[] tags, double[]? bounds)
{
    /// <summary>The labels.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Tags => tags;

    /// <summary>The newest value, or the sum of all.</summary>
    public double Value { get; set; }

    /// <summary>[bounds + 1] measurements in each bucket of a histogram, the last beyond all bounds.</summary>
    public long[] Buckets { get; } = bounds is null ? [] : new long[bounds.Length + 1];

    /// <summary>Puts a measurement into its bucket and adds it to the sum.</summary>
    public void Sort(double value)
    {
        // A bucket holds what is up to its bound, the bound included.
        int bucket = 0;
        while (bucket < bounds!.Length && value > bounds[bucket])
            bucket++;
        Buckets[bucket]++;
        Value += value;
    }

    /// <summary>Whether these are its labels.</summary>
    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (others.Length != tags.Length)
            return false;
        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key != others[i].Key || !Equals(tags[i].Value, others[i].Value))
                return false;
        }

        return true;
    }
}
