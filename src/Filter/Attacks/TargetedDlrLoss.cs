namespace Realtime.Filter.Attacks;

/// <summary>Targeted difference of logits ratio, -(z_y - z_t) / (z_(1) - (z_(3) + z_(4)) / 2 + 1e-12) (Croce and Hein 2020, equation 7).</summary>
/// <param name="labels">The true classes y of the batch; may be longer than it.</param>
/// <param name="targets">The classes t to reach.</param>
public sealed class TargetedDlrLoss(long[] labels, long[] targets) : ILogitLoss
{
    /// <inheritdoc/>
    public int LeastClasses => 4;

    /// <inheritdoc/>
    public long LabelOf(int picture) => labels[picture];

    /// <inheritdoc/>
    public float Evaluate(int picture, ReadOnlySpan<float> logits, Span<float> slope)
    {
        Span<int> top = stackalloc int[4];
        LogitRank.Top(logits, top);
        int label = (int)labels[picture], target = (int)targets[picture];
        float scale = logits[top[0]] - ((logits[top[2]] + logits[top[3]]) / 2) + 1e-12f;
        float loss = (logits[target] - logits[label]) / scale;

        slope.Clear();
        slope[target] += 1 / scale;
        slope[label] -= 1 / scale;
        slope[top[0]] -= loss / scale;
        slope[top[2]] += loss / scale / 2;
        slope[top[3]] += loss / scale / 2;
        return loss;
    }
}
