namespace Realtime.Filter.Attacks;

/// <summary>
/// Difference of logits ratio, -(z_y - max z_i (i != y)) / (z_(1) - z_(3) + 1e-12) (Croce and Hein 2020, equation 6): unlike
/// cross-entropy it does not change when logits are shifted or scaled, so no scale hides its gradient.
/// </summary>
/// <param name="labels">The classes y of the batch; may be longer than it.</param>
public sealed class DlrLoss(long[] labels) : ILogitLoss
{
    /// <inheritdoc/>
    public int LeastClasses => 3;

    /// <inheritdoc/>
    public long LabelOf(int picture) => labels[picture];

    /// <inheritdoc/>
    public float Evaluate(int picture, ReadOnlySpan<float> logits, Span<float> slope)
    {
        Span<int> top = stackalloc int[3];
        LogitRank.Top(logits, top);
        int label = (int)labels[picture], other = LogitRank.BestOther(logits, label);
        float scale = logits[top[0]] - logits[top[2]] + 1e-12f;
        float loss = (logits[other] - logits[label]) / scale;

        slope.Clear();
        slope[other] += 1 / scale;
        slope[label] -= 1 / scale;
        slope[top[0]] -= loss / scale;
        slope[top[2]] += loss / scale;
        return loss;
    }
}
