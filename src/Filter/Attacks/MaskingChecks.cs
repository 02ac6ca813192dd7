using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// The signs of masked gradients that AutoAttack's code looks for in a victim: random logits, probabilities in place of logits, gradients of
/// zero. (That a victim optimises while it predicts cannot be seen from outside.) What they mean stands in <see cref="AutoAttackTally"/>.
/// </summary>
internal sealed class MaskingChecks
{
    private const int Draws = 5;
    private const float Alike = 1e-4f;

    private bool looked;

    /// <summary>Whether logits of one picture differed between two calls.</summary>
    public bool IsRandom { get; private set; }

    /// <summary>Whether all logits looked like probabilities.</summary>
    public bool IsSoftmax { get; private set; }

    /// <summary>Clean pictures at which the gradient was exactly zero.</summary>
    public long WithoutGradient { get; private set; }

    /// <summary>Looks at the victim: chance and softmax on the first batch only, gradients on all.</summary>
    /// <param name="victim">The victim.</param>
    /// <param name="scratch">Begun with the batch.</param>
    /// <param name="clean">[count, 3, H, W].</param>
    public void Look(IGradient victim, VictimScratch scratch, ReadOnlySpan<float> clean)
    {
        scratch.Ask(victim, clean, new CrossEntropyLoss(scratch.Labels));
        int each = victim.PictureLength;
        for (int n = 0; n < scratch.Count; n++)
            WithoutGradient += scratch.Gradient.Slice(n * each, each).ContainsAnyExcept(0f) ? 0 : 1;
        if (looked)
            return;
        looked = true;
        float[] first = new float[scratch.Count * victim.Classes], again = new float[first.Length];
        victim.Predict(clean, first);
        IsSoftmax = true;
        for (int n = 0; n < scratch.Count; n++)
        {
            ReadOnlySpan<float> one = first.AsSpan(n * victim.Classes, victim.Classes);
            IsSoftmax &= TensorPrimitives.Min(one) >= 0 && MathF.Abs(TensorPrimitives.Sum(one) - 1) < 1e-3f;
        }

        for (int draw = 1; draw < Draws; draw++)
        {
            victim.Predict(clean, again);
            for (int n = 0; n < scratch.Count; n++)
                IsRandom |= Difference(first.AsSpan(n * victim.Classes, victim.Classes), again.AsSpan(n * victim.Classes, victim.Classes)) > Alike;
        }
    }

    private static float Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float scaleA = 1 / (TensorPrimitives.Norm(a) + 1e-10f), scaleB = 1 / (TensorPrimitives.Norm(b) + 1e-10f), sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += MathF.Pow((a[k] * scaleA) - (b[k] * scaleB), 2);
        return MathF.Sqrt(sum);
    }
}
