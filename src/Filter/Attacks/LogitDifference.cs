namespace Realtime.Filter.Attacks;

/// <summary>z_t - z_y, whose gradient is the normal of the border between the two classes.</summary>
/// <param name="labels">The classes y of the batch; may be longer than it.</param>
/// <param name="targets">The classes t.</param>
public sealed class LogitDifference(long[] labels, long[] targets) : ILogitLoss
{
    /// <inheritdoc/>
    public long LabelOf(int picture) => labels[picture];

    /// <inheritdoc/>
    public float Evaluate(int picture, ReadOnlySpan<float> logits, Span<float> slope)
    {
        int label = (int)labels[picture], target = (int)targets[picture];
        slope.Clear();
        slope[target] += 1;
        slope[label] -= 1;
        return logits[target] - logits[label];
    }
}
