namespace Realtime.Filter.Attacks;

/// <summary>The pictures of a batch that still resist, packed side by side so that attacks spend nothing on the others.</summary>
internal sealed class ActiveSet
{
    private int[] places = [];
    private float[] clean = [];
    private float[] adversarial = [];
    private long[] labels = [];
    private int each;

    /// <summary>Number of pictures that resist.</summary>
    public int Count { get; private set; }

    /// <summary>[Count, 3, H, W] their clean pictures.</summary>
    public ReadOnlySpan<float> Clean => clean.AsSpan(0, Count * each);

    /// <summary>[Count, 3, H, W] room for their attacked pictures.</summary>
    public Span<float> Adversarial => adversarial.AsSpan(0, Count * each);

    /// <summary>[Count] their labels.</summary>
    public ReadOnlySpan<long> Labels => labels.AsSpan(0, Count);

    /// <summary>The place in the whole batch of the picture at <paramref name="index"/>.</summary>
    public int PlaceOf(int index) => places[index];

    /// <summary>Starts with all pictures.</summary>
    public void Begin(ReadOnlySpan<float> pictures, ReadOnlySpan<long> ofPictures)
    {
        Count = ofPictures.Length;
        each = pictures.Length / Math.Max(1, Count);
        if (clean.Length < pictures.Length)
        {
            clean = new float[pictures.Length];
            adversarial = new float[pictures.Length];
        }

        if (places.Length < Count)
        {
            places = new int[Count];
            labels = new long[Count];
        }

        pictures.CopyTo(clean);
        ofPictures.CopyTo(labels);
        for (int n = 0; n < Count; n++)
            places[n] = n;
    }

    /// <summary>Drops the pictures that no longer resist; the order stays. Attacked pictures are forgotten.</summary>
    /// <param name="gone">[Count] which ones.</param>
    public void Drop(ReadOnlySpan<bool> gone)
    {
        int kept = 0;
        for (int n = 0; n < Count; n++)
        {
            if (gone[n])
                continue;
            places[kept] = places[n];
            labels[kept] = labels[n];
            clean.AsSpan(n * each, each).CopyTo(clean.AsSpan(kept * each));
            kept++;
        }

        Count = kept;
    }

    /// <summary>Copies attacked pictures to their places in the whole batch.</summary>
    /// <param name="all">The whole batch.</param>
    /// <param name="found">[Count] the successes, which are copied.</param>
    /// <param name="alsoOthers">Whether the others are copied too.</param>
    public void Return(Span<float> all, ReadOnlySpan<bool> found, bool alsoOthers)
    {
        for (int n = 0; n < Count; n++)
        {
            if (found[n] || alsoOthers)
                Adversarial.Slice(n * each, each).CopyTo(all[(places[n] * each)..]);
        }
    }
}
