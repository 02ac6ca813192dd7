using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Expectation over transformation (Athalye et al. 2018): logits, loss and gradient of a stochastic victim, averaged over draws before any
/// attack takes a sign. The victim draws afresh at each evaluation, so draws differ between steps too.
/// </summary>
/// <param name="victim">The stochastic victim.</param>
/// <param name="draws">Evaluations that make one; 20 is usual.</param>
public sealed class EotGradient(IGradient victim, int draws) : IGradient
{
    private float[] logitsOnce = [];
    private float[] lossOnce = [];
    private float[] gradientOnce = [];

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
        Evaluate(pictures, new CrossEntropyLoss(labels.ToArray()), logits, loss, gradient);

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient)
    {
        Reserve(logits.Length, losses.Length, gradient.Length);
        logits.Clear();
        losses.Clear();
        gradient.Clear();
        for (int draw = 0; draw < draws; draw++)
        {
            Span<float> logitsNow = logitsOnce.AsSpan(0, logits.Length), lossNow = lossOnce.AsSpan(0, losses.Length), gradientNow = gradientOnce.AsSpan(0, gradient.Length);
            victim.Evaluate(pictures, loss, logitsNow, lossNow, gradientNow);
            AddShare(logitsNow, logits);
            AddShare(lossNow, losses);
            AddShare(gradientNow, gradient);
        }
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> pictures, Span<float> logits)
    {
        Reserve(logits.Length, 0, 0);
        logits.Clear();
        for (int draw = 0; draw < draws; draw++)
        {
            victim.Predict(pictures, logitsOnce.AsSpan(0, logits.Length));
            AddShare(logitsOnce.AsSpan(0, logits.Length), logits);
        }
    }

    private void AddShare(ReadOnlySpan<float> once, Span<float> mean) => TensorPrimitives.MultiplyAdd(once, 1f / draws, mean, mean);

    private void Reserve(int logits, int losses, int gradient)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (logitsOnce.Length < logits)
            logitsOnce = new float[logits];
        if (lossOnce.Length < losses)
            lossOnce = new float[losses];
        if (gradientOnce.Length < gradient)
            gradientOnce = new float[gradient];
    }
}
