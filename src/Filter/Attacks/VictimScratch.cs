using System.Numerics.Tensors;

namespace Realtime.Filter.Attacks;

/// <summary>An attack's view of its victim: checks the batch once, asks, keeps the answer. Buffers grow to the largest batch and are reused.</summary>
internal sealed class VictimScratch
{
    private float[] logits = [];
    private float[] loss = [];
    private float[] gradient = [];
    private long[] labels = [];
    private int classes;
    private int pictureLength;

    /// <summary>Number of pictures in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>[Count] the loss at the last asked point.</summary>
    public ReadOnlySpan<float> Loss => loss.AsSpan(0, Count);

    /// <summary>[Count, 3, H, W] gradient at the last asked point.</summary>
    public ReadOnlySpan<float> Gradient => gradient.AsSpan(0, Count * pictureLength);

    /// <summary>[Count] or longer: the batch's labels, as losses hold them.</summary>
    public long[] Labels => labels;

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

        if (this.labels.Length < Count)
            this.labels = new long[Count];
        labels.CopyTo(this.labels);
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
        RequireFinite(lossNow, gradientNow);
    }

    /// <summary>The same for any loss.</summary>
    /// <exception cref="ArgumentException">The victim has too few classes for the loss.</exception>
    /// <exception cref="InvalidOperationException">The victim answered with NaN or infinity.</exception>
    public void Ask(IGradient victim, ReadOnlySpan<float> pictures, ILogitLoss wanted)
    {
        if (classes < wanted.LeastClasses)
            throw new ArgumentException($"{wanted.GetType().Name} needs at least {wanted.LeastClasses} classes; the victim has {classes}.");
        Span<float> lossNow = loss.AsSpan(0, Count);
        Span<float> gradientNow = gradient.AsSpan(0, pictures.Length);
        victim.Evaluate(pictures, wanted, logits.AsSpan(0, Count * classes), lossNow, gradientNow);
        RequireFinite(lossNow, gradientNow);
    }

    /// <summary>Asks for the logits of the batch or of the first pictures of one.</summary>
    /// <exception cref="InvalidOperationException">The victim answered with NaN or infinity.</exception>
    public void Predict(IGradient victim, ReadOnlySpan<float> pictures)
    {
        Span<float> found = logits.AsSpan(0, pictures.Length / pictureLength * classes);
        victim.Predict(pictures, found);
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(found)))
            throw new InvalidOperationException("The victim's logits are not finite; no attack can follow them.");
    }

    /// <summary>The logits of one picture at the last asked point.</summary>
    public ReadOnlySpan<float> LogitsOf(int index) => logits.AsSpan(index * classes, classes);

    /// <summary>The class predicted at the last asked point.</summary>
    public int Predicted(int index) => TensorPrimitives.IndexOfMax(LogitsOf(index));

    private static void RequireFinite(ReadOnlySpan<float> lossNow, ReadOnlySpan<float> gradientNow)
    {
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(lossNow)))
            throw new InvalidOperationException("The victim's loss is not finite; no attack can follow it.");
        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(gradientNow)))
            throw new InvalidOperationException("The victim's gradient is not finite; no attack can follow it.");
    }
}
