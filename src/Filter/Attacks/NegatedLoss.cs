using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>Minus a loss: climbing it leads towards the label, which makes an untargeted loss a targeted one.</summary>
/// <param name="inner">The loss to descend.</param>
public sealed class NegatedLoss(ILogitLoss inner) : ILogitLoss
{
    /// <summary>The loss to descend.</summary>
    public ILogitLoss Inner => inner;

    /// <inheritdoc/>
    public int LeastClasses => inner.LeastClasses;

    /// <inheritdoc/>
    public long LabelOf(int picture) => inner.LabelOf(picture);

    /// <inheritdoc/>
    public float Evaluate(int picture, ReadOnlySpan<float> logits, Span<float> slope)
    {
        float loss = inner.Evaluate(picture, logits, slope);
        TensorPrimitives.Negate(slope, slope);
        return -loss;
    }
}
