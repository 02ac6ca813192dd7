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

    /// <summary>Whether these are its labels, one after the other.</summary>
    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> first, ReadOnlySpan<KeyValuePair<string, object?>> others) =>
        first.Length + others.Length == tags.Length && BeginsWith(first) && AreAt(first.Length, others);

    /// <summary>Whether these are its first labels.</summary>
    public bool BeginsWith(ReadOnlySpan<KeyValuePair<string, object?>> first) => first.Length <= tags.Length && AreAt(0, first);

    private bool AreAt(int start, ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        for (int i = 0; i < others.Length; i++)
        {
            if (tags[start + i].Key != others[i].Key || !Equals(tags[start + i].Value, others[i].Value))
                return false;
        }

        return true;
    }
}
