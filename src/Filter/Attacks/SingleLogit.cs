namespace Realtime.Filter.Attacks;

/// <summary>z_y. It changes when all logits are shifted, so a victim that only knows cross-entropy cannot give its gradient.</summary>
/// <param name="labels">The classes y of the batch; may be longer than it.</param>
public sealed class SingleLogit(long[] labels) : ILogitLoss
{
    /// <inheritdoc/>
    public long LabelOf(int picture) => labels[picture];

    /// <inheritdoc/>
    public float Evaluate(int picture, ReadOnlySpan<float> logits, Span<float> slope)
    {
        slope.Clear();
        slope[(int)labels[picture]] = 1;
        return logits[(int)labels[picture]];
    }
}
