using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>-log softmax(z)_y.</summary>
/// <param name="labels">The classes y of the batch; may be longer than it.</param>
public sealed class CrossEntropyLoss(long[] labels) : ILogitLoss
{
    /// <summary>The classes y of the batch.</summary>
    public ReadOnlySpan<long> Labels => labels;

    /// <inheritdoc/>
    public long LabelOf(int picture) => labels[picture];

    /// <summary>The loss of one picture.</summary>
    /// <param name="logits">[K].</param>
    /// <param name="label">Its class.</param>
    public static float Of(ReadOnlySpan<float> logits, long label)
    {
        float largest = TensorPrimitives.Max(logits);
        double sum = 0;
        foreach (float z in logits)
            sum += Math.Exp(z - largest);
        return (float)(Math.Log(sum) + largest - logits[(int)label]);
    }

    /// <inheritdoc/>
    public float Evaluate(int picture, ReadOnlySpan<float> logits, Span<float> slope)
    {
        float largest = TensorPrimitives.Max(logits);
        double sum = 0;
        foreach (float z in logits)
            sum += Math.Exp(z - largest);
        int label = (int)labels[picture];
        double others = 0;
        for (int k = 0; k < logits.Length; k++)
        {
            double p = Math.Exp(logits[k] - largest) / sum;
            slope[k] = (float)p;
            others += k == label ? 0 : p;
        }

        slope[label] = (float)-others;      // p_y - 1 without its cancellation
        return (float)(Math.Log(sum) + largest - logits[label]);
    }
}
