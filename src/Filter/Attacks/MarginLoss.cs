namespace Realtime.Filter.Attacks;

/// <summary>max z_i (i != y) - z_y: above 0 exactly where a picture is misclassified (Carlini and Wagner 2017, their f_6 without its clamp).</summary>
/// <param name="labels">The classes y of the batch; may be longer than it.</param>
public sealed class MarginLoss(long[] labels) : ILogitLoss
{
    /// <inheritdoc/>
    public long LabelOf(int picture) => labels[picture];

    /// <inheritdoc/>
    public float Evaluate(int picture, ReadOnlySpan<float> logits, Span<float> slope)
    {
        int label = (int)labels[picture], other = LogitRank.BestOther(logits, label);
        slope.Clear();
        slope[other] = 1;
        slope[label] = -1;
        return logits[other] - logits[label];
    }
}
