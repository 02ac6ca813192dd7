using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>A victim that ends an attack at its next question once <paramref name="cancellation"/> is asked for: attacks themselves know no such thing.</summary>
/// <param name="victim">The victim.</param>
/// <param name="cancellation">Throws <see cref="OperationCanceledException"/>.</param>
public sealed class InterruptibleGradient(IGradient victim, CancellationToken cancellation) : IGradient
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
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
    {
        cancellation.ThrowIfCancellationRequested();
        victim.Evaluate(pictures, labels, logits, loss, gradient);
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient)
    {
        cancellation.ThrowIfCancellationRequested();
        victim.Evaluate(pictures, loss, logits, losses, gradient);
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> pictures, Span<float> logits)
    {
        cancellation.ThrowIfCancellationRequested();
        victim.Predict(pictures, logits);
    }
}
