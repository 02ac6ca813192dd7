using Realtime.Filter.Attacks;

namespace Realtime.Trainer.Evaluation;

/// <summary>A deployed defence as an attacker sees it who may ask and no more: logits, and no gradient.</summary>
/// <param name="deployed">The deployed forward pass.</param>
/// <param name="shape">A victim of the same shape and classes.</param>
/// <param name="random">Source of chance, for a stochastic defence.</param>
public sealed class BlackBox(DeployedDefence deployed, IGradient shape, Random random) : IGradient
{
    /// <inheritdoc/>
    public int Classes => shape.Classes;

    /// <inheritdoc/>
    public int PictureLength => shape.PictureLength;

    /// <inheritdoc/>
    public int Width => shape.Width;

    /// <inheritdoc/>
    public int Height => shape.Height;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: a black box has no gradient.</exception>
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient) =>
        throw new NotSupportedException("A black box answers queries and has no gradient; take an attack that needs none (square).");

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> pictures, Span<float> logits)
    {
        int count = pictures.Length / PictureLength;
        deployed.Decide(pictures, random, new long[count]);
        deployed.Logits(count).CopyTo(logits);
    }
}
