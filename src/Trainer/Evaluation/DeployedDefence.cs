using System.Numerics.Tensors;
using Realtime.Filter.Attacks;
using Realtime.Filter.Defences;
using Realtime.Filter.Errors;

namespace Realtime.Trainer.Evaluation;

/// <summary>
/// The forward pass as it is deployed, which alone decides whether a picture is fooled: a picture of 8 bits, the defence, 8 bits again, the
/// classifier. Used from one thread.
/// </summary>
/// <param name="classifier">Asked for logits only.</param>
/// <param name="defence">Null for none.</param>
/// <param name="size">Edge length S of the pictures.</param>
public sealed class DeployedDefence(IGradient classifier, IDefence? defence, int size)
{
    private float[] shown = [];
    private float[] seen = [];
    private float[] logits = [];

    /// <summary>Whether decisions are a matter of chance.</summary>
    public bool IsStochastic => defence?.IsStochastic ?? false;

    /// <summary>[count, 3, S, S] what the classifier saw at the last decision.</summary>
    public ReadOnlySpan<float> Seen(int count) => seen.AsSpan(0, count * classifier.PictureLength);

    /// <summary>[count, K] logits of the last decision.</summary>
    public ReadOnlySpan<float> Logits(int count) => logits.AsSpan(0, count * classifier.Classes);

    /// <summary>Decides.</summary>
    /// <param name="pictures">[count, 3, S, S] in [0, 1]; rounded to 8 bits first.</param>
    /// <param name="random">Source of chance, for a stochastic defence.</param>
    /// <param name="classes">[count] receives the classes with the largest logits.</param>
    /// <exception cref="UserErrorException">The classifier answers NaN or infinity (model rejected).</exception>
    public void Decide(ReadOnlySpan<float> pictures, Random random, Span<long> classes)
    {
        Reserve(pictures.Length);
        Span<float> shownNow = shown.AsSpan(0, pictures.Length), seenNow = seen.AsSpan(0, pictures.Length);
        ToLevels(pictures, shownNow);
        if (defence is null)
        {
            shownNow.CopyTo(seenNow);
        }
        else
        {
            defence.Defend(shownNow, size, size, random, seenNow);
            ToLevels(seenNow, seenNow);
        }

        classifier.Predict(seenNow, logits.AsSpan(0, classes.Length * classifier.Classes));
        for (int n = 0; n < classes.Length; n++)
        {
            ReadOnlySpan<float> row = logits.AsSpan(n * classifier.Classes, classifier.Classes);
            if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(row)))
                throw new UserErrorException(ExitCode.ModelRejected, $"the classifier's logits behind {(defence is null ? "no defence" : $"'{defence.Name}'")} are not finite; nothing can be measured with these models. Export them again, or leave the defence out.");
            classes[n] = TensorPrimitives.IndexOfMax(row);
        }
    }

    /// <summary>How many of <paramref name="draws"/> decisions on each picture are right.</summary>
    /// <param name="pictures">[count, 3, S, S] in [0, 1].</param>
    /// <param name="labels">[count].</param>
    /// <param name="draws">One is enough where there is no chance.</param>
    /// <param name="random">Source of chance.</param>
    /// <returns>[count] 0..draws.</returns>
    public int[] CountRight(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, int draws, Random random)
    {
        int[] right = new int[labels.Length];
        long[] classes = new long[labels.Length];
        for (int draw = 0; draw < draws && labels.Length > 0; draw++)
        {
            Decide(pictures, random, classes);
            for (int n = 0; n < labels.Length; n++)
                right[n] += classes[n] == labels[n] ? 1 : 0;
        }

        return right;
    }

    // Division, as the filter divides: i * (1 / 255) is another float for some i.
    private static void ToLevels(ReadOnlySpan<float> from, Span<float> to)
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = MathF.Round(Math.Clamp(from[i], 0f, 1f) * 255f) / 255f;
    }

    private void Reserve(int values)
    {
        if (shown.Length >= values)
            return;
        shown = new float[values];
        seen = new float[values];
        logits = new float[values / classifier.PictureLength * classifier.Classes];
    }
}
