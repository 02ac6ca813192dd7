using System.Numerics.Tensors;

namespace Realtime.Filter.Defences;

/// <summary>
/// A purifier behind a random transform of several copies (RT3 of AToP, Eq. 4): it purifies each copy, and the result takes every pixel from the
/// copy in which it was missing, so that no pixel of the picture itself is left. Owns the purifier and its buffers.
/// </summary>
/// <param name="transform">Draws the copies.</param>
/// <param name="purifier">Paints what is missing.</param>
public sealed class RepeatedDefence(RandomTransform transform, IDefence purifier) : IDefence
{
    private float[] seen = [];
    private float[] slopes = [];
    private float[] missing = [];
    private float[] purified = [];
    private int pictureLength;
    private int batchLength;

    /// <inheritdoc/>
    public string Name => $"{transform.Name}{DefenceChain.Separator}{purifier.Name}";

    /// <inheritdoc/>
    public bool IsStochastic => true;

    /// <inheritdoc/>
    public string GradientKind => purifier.GradientKind;

    /// <inheritdoc/>
    public IEnumerable<IDefence> Parts => purifier.Parts;

    /// <inheritdoc/>
    public void Defend(ReadOnlySpan<float> pictures, int width, int height, Random random, Span<float> defended)
    {
        int length = 3 * width * height, copies = transform.Copies * length, all = transform.Copies * pictures.Length;
        if (seen.Length < all)
            (seen, slopes, missing, purified) = (new float[all], new float[all], new float[all], new float[all]);
        for (int at = 0, to = 0; at < pictures.Length; at += length, to += copies)
            transform.Apply(pictures.Slice(at, length), width, height, random, seen.AsSpan(to, copies), slopes.AsSpan(to, copies), missing.AsSpan(to, copies));
        purifier.Defend(seen.AsSpan(0, all), width, height, random, purified.AsSpan(0, all));
        (pictureLength, batchLength) = (length, pictures.Length);
        SumOfProducts(purified, missing, defended);
    }

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<float> gradient, Span<float> result)
    {
        if (gradient.Length != batchLength || batchLength == 0)
            throw new InvalidOperationException($"{Name} has not just defended {gradient.Length} values; its last batch had {batchLength}.");
        int all = transform.Copies * batchLength;
        float[] upstream = new float[all], down = new float[all];
        for (int at = 0; at < all; at += pictureLength)
            TensorPrimitives.Multiply(gradient.Slice(at / pictureLength / transform.Copies * pictureLength, pictureLength), missing.AsSpan(at, pictureLength), upstream.AsSpan(at, pictureLength));
        purifier.Backward(upstream, down);
        SumOfProducts(down, slopes, result);
    }

    /// <inheritdoc/>
    public void Dispose() => purifier.Dispose();

    /// <summary>For each picture the sum over its copies of value times weight.</summary>
    private void SumOfProducts(float[] values, float[] weights, Span<float> sums)
    {
        sums.Clear();
        for (int at = 0; at < transform.Copies * batchLength; at += pictureLength)
        {
            Span<float> sum = sums.Slice(at / pictureLength / transform.Copies * pictureLength, pictureLength);
            TensorPrimitives.MultiplyAdd(values.AsSpan(at, pictureLength), weights.AsSpan(at, pictureLength), sum, sum);
        }
    }
}
