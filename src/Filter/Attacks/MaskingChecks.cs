using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>
/// The signs of masked gradients that AutoAttack's code looks for: random logits, probabilities in place of logits, gradients of zero, and a
/// black-box attack that succeeds where gradients failed. (That a victim optimises while it predicts cannot be seen from outside.)
/// </summary>
/// <param name="isStochastic">Whether the attack expects random logits.</param>
internal sealed class MaskingChecks(bool isStochastic)
{
    private const int Draws = 5;
    private const float Alike = 1e-4f;
    private const double TellingShare = 0.002;

    private bool looked;
    private bool isRandom;
    private bool isSoftmax;
    private long withoutGradient;

    /// <summary>Looks at the victim: chance and softmax on the first batch only, gradients on all.</summary>
    /// <param name="victim">The victim.</param>
    /// <param name="scratch">Begun with the batch.</param>
    /// <param name="clean">[count, 3, H, W].</param>
    public void Look(IGradient victim, VictimScratch scratch, ReadOnlySpan<float> clean)
    {
        scratch.Ask(victim, clean, new CrossEntropyLoss(scratch.Labels));
        int each = victim.PictureLength;
        for (int n = 0; n < scratch.Count; n++)
            withoutGradient += scratch.Gradient.Slice(n * each, each).ContainsAnyExcept(0f) ? 0 : 1;
        if (looked)
            return;
        looked = true;
        float[] first = new float[scratch.Count * victim.Classes], again = new float[first.Length];
        victim.Predict(clean, first);
        isSoftmax = true;
        for (int n = 0; n < scratch.Count; n++)
        {
            ReadOnlySpan<float> one = first.AsSpan(n * victim.Classes, victim.Classes);
            isSoftmax &= TensorPrimitives.Min(one) >= 0 && MathF.Abs(TensorPrimitives.Sum(one) - 1) < 1e-3f;
        }

        for (int draw = 1; draw < Draws; draw++)
        {
            victim.Predict(clean, again);
            for (int n = 0; n < scratch.Count; n++)
                isRandom |= Difference(first.AsSpan(n * victim.Classes, victim.Classes), again.AsSpan(n * victim.Classes, victim.Classes)) > Alike;
        }
    }

    /// <summary>The warnings so far.</summary>
    public IReadOnlyList<string> Warnings(long pictures, IReadOnlyList<AutoAttackMember> members)
    {
        List<string> warnings = [];
        if (isRandom && !isStochastic)
            warnings.Add("The victim's logits are random: use the version rand.");
        if (!isRandom && isStochastic && looked)
            warnings.Add("The victim's logits are not random: the version standard is stronger.");
        if (isSoftmax)
            warnings.Add("The victim returns probabilities, not logits: gradients may vanish.");
        if (withoutGradient > 0)
            warnings.Add($"The gradient is exactly zero at {withoutGradient} of {pictures} clean pictures: gradient attacks may fail for that reason alone.");
        foreach (AutoAttackMember member in members)
        {
            long lost = member.Tried - member.Survived;
            if (member.Name.StartsWith("Square", StringComparison.Ordinal) && lost > TellingShare * pictures)
                warnings.Add($"{member.Name} needs no gradient and fooled {lost} pictures that the gradient attacks did not: the gradient is likely masked.");
        }

        return warnings;
    }

    private static float Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float scaleA = 1 / (TensorPrimitives.Norm(a) + 1e-10f), scaleB = 1 / (TensorPrimitives.Norm(b) + 1e-10f), sum = 0;
        for (int k = 0; k < a.Length; k++)
            sum += MathF.Pow((a[k] * scaleA) - (b[k] * scaleB), 2);
        return MathF.Sqrt(sum);
    }
}
