namespace Realtime.Filter.Defences;

/// <summary>
/// What the classical baselines share: pictures are taken one by one, with a place for what <see cref="Backward"/> needs of each.
/// The default gradient is the identity (BPDA).
/// </summary>
public abstract class ClassicalDefence : IDefence
{
    private const int Channels = 3;
    private int pictureLength;
    private int batchLength;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual bool IsStochastic => false;

    /// <inheritdoc/>
    public virtual string GradientKind => "identity (BPDA)";

    /// <inheritdoc/>
    public void Defend(ReadOnlySpan<float> pictures, int width, int height, Random random, Span<float> defended)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(defended.Length, pictures.Length);
        int length = Channels * width * height;
        ArgumentOutOfRangeException.ThrowIfNotEqual(pictures.Length % length, 0, nameof(pictures));
        Begin(pictures.Length / length, width, height);
        for (int at = 0; at < pictures.Length; at += length)
            DefendOne(at / length, pictures.Slice(at, length), random, defended.Slice(at, length));
        (pictureLength, batchLength) = (length, pictures.Length);
    }

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<float> gradient, Span<float> result)
    {
        if (gradient.Length != batchLength || batchLength == 0)
            throw new InvalidOperationException($"{Name} has not just defended {gradient.Length} values; its last batch had {batchLength}.");
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, gradient.Length);
        for (int at = 0; at < gradient.Length; at += pictureLength)
            BackwardOne(at / pictureLength, gradient.Slice(at, pictureLength), result.Slice(at, pictureLength));
    }

    /// <inheritdoc/>
    public void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Makes room for a batch of pictures of one size.</summary>
    protected virtual void Begin(int count, int width, int height)
    {
    }

    /// <summary>Defends one picture of the size begun.</summary>
    /// <param name="index">Place in the batch.</param>
    /// <param name="picture">[3, H, W] in [0, 1].</param>
    /// <param name="random">Source of chance.</param>
    /// <param name="defended">[3, H, W].</param>
    protected abstract void DefendOne(int index, ReadOnlySpan<float> picture, Random random, Span<float> defended);

    /// <summary>Carries the gradient of one picture back.</summary>
    /// <param name="index">Place in the batch.</param>
    /// <param name="gradient">[3, H, W] of the defended picture.</param>
    /// <param name="result">[3, H, W] of the picture.</param>
    protected virtual void BackwardOne(int index, ReadOnlySpan<float> gradient, Span<float> result) => gradient.CopyTo(result);
}
