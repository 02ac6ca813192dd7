using Realtime.Trainer.Data;

namespace Realtime.Trainer.Evaluation;

/// <summary>Some neighbouring pictures of a set, as bytes and as the floats that a filter makes of them.</summary>
public sealed class PictureBatch
{
    /// <summary>Takes pictures [<paramref name="start"/>, start + count) of <paramref name="set"/>.</summary>
    /// <param name="set">Where they come from.</param>
    /// <param name="start">The first one.</param>
    /// <param name="count">How many, at least 1.</param>
    public PictureBatch(IPictureSet set, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (Start, Count, Size, Each) = (start, count, set.Size, 3 * set.Size * set.Size);
        Levels = new byte[count * Each];
        Clean = new float[count * Each];
        Labels = new long[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> picture = set.Picture(start + i);
            picture.CopyTo(Levels.AsSpan(i * Each));
            default(Augmentation).Apply(picture, Clean.AsSpan(i * Each, Each), Size);
            Labels[i] = set.Label(start + i);
        }
    }

    /// <summary>The first picture's place in the set.</summary>
    public int Start { get; }

    /// <summary>Number of pictures n.</summary>
    public int Count { get; }

    /// <summary>Edge length S in pixels.</summary>
    public int Size { get; }

    /// <summary>Values of a picture, 3 * S * S.</summary>
    public int Each { get; }

    /// <summary>[n, 3, S, S] 0..255.</summary>
    public byte[] Levels { get; }

    /// <summary>[n, 3, S, S] in [0, 1].</summary>
    public float[] Clean { get; }

    /// <summary>[n] the true classes.</summary>
    public long[] Labels { get; }

    /// <summary>Copies some pictures out of a batch-shaped array, side by side.</summary>
    /// <param name="values">[n, 3, S, S].</param>
    /// <param name="places">Which ones.</param>
    public float[] Pick(ReadOnlySpan<float> values, ReadOnlySpan<int> places)
    {
        float[] picked = new float[places.Length * Each];
        for (int i = 0; i < places.Length; i++)
            values.Slice(places[i] * Each, Each).CopyTo(picked.AsSpan(i * Each));
        return picked;
    }
}
