using System.Buffers;
using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// Gradients of other losses from a victim that only gives the cross-entropy's. With J_k = d(z_k)/d(picture) and p = softmax(z), the
/// cross-entropy against class k has the gradient g_k = sum_j p_j J_j - J_k. A loss that ignores a common shift of the logits has slopes
/// v_k that sum to zero, so its gradient sum_k v_k J_k is -sum_k v_k g_k, exactly: one evaluation for each class whose slope is not zero.
/// </summary>
public static class CrossEntropyRule
{
    private const float Tolerance = 1e-3f;

    /// <summary>Evaluates <paramref name="loss"/> with as many cross-entropy gradients as it needs: margin 2, DLR at most 4, targeted DLR at most 5.</summary>
    /// <param name="victim">Asked for cross-entropy only.</param>
    /// <param name="pictures">[count, 3, H, W].</param>
    /// <param name="loss">The loss of the batch.</param>
    /// <param name="logits">[count, K].</param>
    /// <param name="losses">[count].</param>
    /// <param name="gradient">[count, 3, H, W].</param>
    /// <exception cref="NotSupportedException">The loss changes under a common shift of the logits, which cross-entropy cannot see.</exception>
    public static void Evaluate(IGradient victim, ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient)
    {
        ArgumentNullException.ThrowIfNull(victim);
        ArgumentNullException.ThrowIfNull(loss);
        int count = losses.Length, classes = victim.Classes;
        if (loss is CrossEntropyLoss crossEntropy)
        {
            victim.Evaluate(pictures, crossEntropy.Labels[..count], logits, losses, gradient);
            return;
        }

        if (loss is NegatedLoss negated)
        {
            Evaluate(victim, pictures, negated.Inner, logits, losses, gradient);
            TensorPrimitives.Negate(losses, losses);
            TensorPrimitives.Negate(gradient, gradient);
            return;
        }

        long[] labels = ArrayPool<long>.Shared.Rent(count);
        float[] slopes = ArrayPool<float>.Shared.Rent(count * classes);
        float[] one = ArrayPool<float>.Shared.Rent(pictures.Length);
        float[] ignored = ArrayPool<float>.Shared.Rent(count * classes);
        try
        {
            for (int n = 0; n < count; n++)
                labels[n] = loss.LabelOf(n);
            victim.Evaluate(pictures, labels.AsSpan(0, count), logits, losses, one.AsSpan(0, pictures.Length));
            gradient.Clear();
            for (int n = 0; n < count; n++)
            {
                Span<float> slope = slopes.AsSpan(n * classes, classes);
                losses[n] = loss.Evaluate(n, logits.Slice(n * classes, classes), slope);
                if (MathF.Abs(TensorPrimitives.Sum<float>(slope)) > Tolerance * TensorPrimitives.SumOfMagnitudes<float>(slope))
                    throw new NotSupportedException($"The victim only gives the gradient of cross-entropy; {loss.GetType().Name} changes with a common shift of the logits and cannot be made of it.");
            }

            while (true)
            {
                Collect(labels.AsSpan(0, count), slopes, one, gradient, classes);
                if (!NextLabels(labels.AsSpan(0, count), slopes, classes))
                    return;
                victim.Evaluate(pictures, labels.AsSpan(0, count), ignored.AsSpan(0, count * classes), ignored.AsSpan(0, count), one.AsSpan(0, pictures.Length));
            }
        }
        finally
        {
            ArrayPool<long>.Shared.Return(labels);
            ArrayPool<float>.Shared.Return(slopes);
            ArrayPool<float>.Shared.Return(one);
            ArrayPool<float>.Shared.Return(ignored);
        }
    }

    /// <summary>gradient -= v_label * g_label, and strikes that slope off.</summary>
    private static void Collect(ReadOnlySpan<long> labels, Span<float> slopes, ReadOnlySpan<float> one, Span<float> gradient, int classes)
    {
        int length = gradient.Length / Math.Max(1, labels.Length);
        for (int n = 0; n < labels.Length; n++)
        {
            ref float slope = ref slopes[(n * classes) + (int)labels[n]];
            Span<float> sum = gradient.Slice(n * length, length);
            if (slope != 0)
                TensorPrimitives.MultiplyAdd(one.Slice(n * length, length), -slope, sum, sum);
            slope = 0;
        }
    }

    private static bool NextLabels(Span<long> labels, ReadOnlySpan<float> slopes, int classes)
    {
        bool any = false;
        for (int n = 0; n < labels.Length; n++)
        {
            int next = slopes.Slice(n * classes, classes).IndexOfAnyExcept(0f);
            any |= next >= 0;
            labels[n] = Math.Max(0, next);
        }

        return any;
    }
}
