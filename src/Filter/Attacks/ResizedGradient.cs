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
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
    {
        if (resize.IsIdentity)
        {
            victim.Evaluate(pictures, labels, logits, loss, gradient);
            return;
        }

        int large = resize.SourceLength, small = resize.TargetLength, total = labels.Length * small;
        if (this.pictures.Length < total)
        {
            this.pictures = new float[total];
            gradients = new float[total];
        }

        for (int n = 0; n < labels.Length; n++)
            resize.Apply(pictures.Slice(n * large, large), this.pictures.AsSpan(n * small, small));
        victim.Evaluate(this.pictures.AsSpan(0, total), labels, logits, loss, gradients.AsSpan(0, total));
        for (int n = 0; n < labels.Length; n++)
            resize.ApplyAdjoint(gradients.AsSpan(n * small, small), gradient.Slice(n * large, large));
    }
}
