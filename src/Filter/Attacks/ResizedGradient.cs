using Realtime.Filter.Classifiers;

namespace Realtime.Filter.Attacks;

/// <summary>A victim that sees frames through a resize: frame -> bilinear resize -> victim, with the gradient carried back exactly.</summary>
public sealed class ResizedGradient : IGradient
{
    private readonly IGradient victim;
    private readonly BilinearResize resize;
    private float[] pictures = [];
    private float[] gradients = [];

    /// <summary>Puts <paramref name="resize"/> before <paramref name="victim"/>.</summary>
    public ResizedGradient(IGradient victim, BilinearResize resize)
    {
        ArgumentNullException.ThrowIfNull(victim);
        ArgumentNullException.ThrowIfNull(resize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(resize.TargetLength, victim.PictureLength);
        this.victim = victim;
        this.resize = resize;
    }

    /// <inheritdoc/>
    public int Classes => victim.Classes;

    /// <inheritdoc/>
    public int PictureLength => resize.SourceLength;

    /// <inheritdoc/>
    public int Width => resize.SourceWidth;

    /// <inheritdoc/>
    public int Height => resize.SourceHeight;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
    {
        ReadOnlySpan<float> seen = Shrink(pictures);
        victim.Evaluate(seen, labels, logits, loss, gradients.AsSpan(0, seen.Length));
        Pull(seen.Length, gradient);
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient)
    {
        ReadOnlySpan<float> seen = Shrink(pictures);
        victim.Evaluate(seen, loss, logits, losses, gradients.AsSpan(0, seen.Length));
        Pull(seen.Length, gradient);
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> pictures, Span<float> logits) => victim.Predict(Shrink(pictures), logits);

    private ReadOnlySpan<float> Shrink(ReadOnlySpan<float> large)
    {
        int count = large.Length / resize.SourceLength, total = count * resize.TargetLength;
        if (pictures.Length < total)
        {
            pictures = new float[total];
            gradients = new float[total];
        }

        if (resize.IsIdentity)
            return large;
        for (int n = 0; n < count; n++)
            resize.Apply(large.Slice(n * resize.SourceLength, resize.SourceLength), pictures.AsSpan(n * resize.TargetLength, resize.TargetLength));
        return pictures.AsSpan(0, total);
    }

    private void Pull(int total, Span<float> gradient)
    {
        if (resize.IsIdentity)
        {
            gradients.AsSpan(0, total).CopyTo(gradient);
            return;
        }

        for (int n = 0; n < total / resize.TargetLength; n++)
            resize.ApplyAdjoint(gradients.AsSpan(n * resize.TargetLength, resize.TargetLength), gradient.Slice(n * resize.SourceLength, resize.SourceLength));
    }
}
