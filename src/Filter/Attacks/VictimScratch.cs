using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>An attack's view of its victim: checks the batch once, asks, keeps the answer. Buffers grow to the largest batch and are reused.</summary>
internal sealed class VictimScratch
{
    private float[] logits = [];
    private float[] loss = [];
    private float[] gradient = [];
    private int classes;
    private int pictureLength;

    /// <summary>Number of pictures in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>[Count] cross-entropy at the last asked point.</summary>
    public ReadOnlySpan<float> Loss => loss.AsSpan(0, Count);

    /// <summary>[Count, 3, H, W] gradient at the last asked point.</summary>
    public ReadOnlySpan<float> Gradient => gradient.AsSpan(0, Count * pictureLength);

    /// <summary>Checks that shapes and labels fit the victim, and makes room.</summary>
    /// <exception cref="ArgumentException">A length or a label does not fit; the message names it.</exception>
    public void Begin(IGradient victim, ReadOnlySpan<float> clean, ReadOnlySpan<long> labels, ReadOnlySpan<float> adversarial)
    {
        ArgumentNullException.ThrowIfNull(victim);
        Count = labels.Length;
        classes = victim.Classes;
        pictureLength = victim.PictureLength;
        if (clean.Length != Count * pictureLength || adversarial.Length != clean.Length)
        {
            throw new ArgumentException(
                $"{Count} labels need {Count} pictures of {pictureLength} values; found {clean.Length} clean and {adversarial.Length} adversarial values.");
        }

        foreach (long label in labels)
        {
            if (label < 0 || label >= classes)
                throw new ArgumentException($"Label {label} is not a class of the victim, which has 0..{classes - 1}.", nameof(labels));
        }

        if (loss.Length < Count)
            loss = new float[Count];
        if (logits.Length < Count * classes)
            logits = new float[Count * classes];
        if (gradient.Length < clean.Length)
            gradient = new float[clean.Length];
    }

    /// <summary>Evaluates the victim; a loss or gradient that is not finite would attack nothing and look like robustness, so it throws.</summary>
    /// <exception cref="InvalidOperationException">The victim answered with NaN or infinity.</exception>
    public void Ask(IGradient victim, ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels)
    {
        Span<float> lossNow = loss.AsSpan(0, Count);
        Span<float> gradientNow = gradient.AsSpan(0, pictures.Length);
        victim.Evaluate(pictures, labels, logits.AsSpan(0, Count * classes), lossNow, gradientNow);
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(lossNow)))
            throw new InvalidOperationException("The victim's loss is not finite; no attack can follow it.");
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(gradientNow)))
            throw new InvalidOperationException("The victim's gradient is not finite; no attack can follow it.");
    }

    /// <summary>Whether picture <paramref name="index"/> was misclassified at the last asked point.</summary>
    public bool Fooled(int index, long label) => TensorPrimitives.IndexOfMax<float>(logits.AsSpan(index * classes, classes)) != label;
}
