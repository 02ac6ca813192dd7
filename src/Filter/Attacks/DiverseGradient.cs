namespace Realtime.Filter.Attacks;

/// <summary>
/// Input diversity (Xie et al. 2019, equation 5): with some probability the victim sees a picture resized at random and padded at random,
/// one draw a batch, so that what fools it does not hang on exact positions and carries over to other victims. The size stays: pictures are
/// shrunk and padded where the paper enlarges 299 to at most 330. Predictions see the picture itself.
/// </summary>
/// <param name="victim">The victim.</param>
/// <param name="random">Of the draws.</param>
/// <param name="probability">Of a transformed batch; the paper's 0.5.</param>
/// <param name="least">The smallest size, as a share; 0.9.</param>
public sealed class DiverseGradient(IGradient victim, Random random, double probability = 0.5, double least = 0.9) : IGradient
{
    /// <inheritdoc/>
    public int Classes => victim.Classes;

    /// <inheritdoc/>
    public int PictureLength => victim.PictureLength;

    /// <inheritdoc/>
    public int Width => victim.Width;

    /// <inheritdoc/>
    public int Height => victim.Height;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient) =>
        Draw().Evaluate(pictures, labels, logits, loss, gradient);

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient) =>
        Draw().Evaluate(pictures, loss, logits, losses, gradient);

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> pictures, Span<float> logits) => victim.Predict(pictures, logits);

    private IGradient Draw()
    {
        if (random.NextDouble() >= probability)
            return victim;
        ResizeAndPad drawn = new(Width, Height, least, random);
        return new BpdaGradient(victim, drawn.Apply, drawn.ApplyAdjoint);
    }
}
