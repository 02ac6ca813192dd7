namespace Realtime.Filter.Attacks;

/// <summary>
/// Backward pass differentiable approximation (Athalye et al. 2018): forward through the real transform (a purifier), backward through a
/// stand-in for its derivative, by default the identity, so that d(loss)/d(transformed) is taken for d(loss)/d(picture).
/// </summary>
/// <param name="victim">What comes behind the transform.</param>
/// <param name="forward">The real transform.</param>
/// <param name="backward">Carries the gradient back; null for the identity.</param>
public sealed class BpdaGradient(IGradient victim, PictureTransform forward, PictureTransform? backward = null) : IGradient
{
    private float[] seen = [];
    private float[] gradientSeen = [];

    /// <inheritdoc/>
    public int Classes => victim.Classes;

    /// <inheritdoc/>
    public int PictureLength => victim.PictureLength;

    /// <inheritdoc/>
    public int Width => victim.Width;

    /// <inheritdoc/>
    public int Height => victim.Height;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
    {
        victim.Evaluate(Forward(pictures), labels, logits, loss, gradientSeen.AsSpan(0, pictures.Length));
        Backward(gradient);
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient)
    {
        victim.Evaluate(Forward(pictures), loss, logits, losses, gradientSeen.AsSpan(0, pictures.Length));
        Backward(gradient);
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> pictures, Span<float> logits) => victim.Predict(Forward(pictures), logits);

    private ReadOnlySpan<float> Forward(ReadOnlySpan<float> pictures)
    {
        if (seen.Length < pictures.Length)
        {
            seen = new float[pictures.Length];
            gradientSeen = new float[pictures.Length];
        }

        Span<float> now = seen.AsSpan(0, pictures.Length);
        forward(pictures, now);
        return now;
    }

    private void Backward(Span<float> gradient)
    {
        ReadOnlySpan<float> now = gradientSeen.AsSpan(0, gradient.Length);
        if (backward is null)
            now.CopyTo(gradient);
        else
            backward(now, gradient);
    }
}
