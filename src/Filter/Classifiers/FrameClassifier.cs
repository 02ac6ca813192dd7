using Realtime.Filter.Attacks;

namespace Realtime.Filter.Classifiers;

/// <summary>
/// Classifies 8-bit frames: resizes them to the classifier's size and reads its logits. Owns its scratch memory and borrows the classifier;
/// used from one thread.
/// </summary>
public sealed class FrameClassifier
{
    private readonly IClassifier classifier;
    private readonly BilinearResize resize;
    private readonly float[] picture;   // [1, 3, H, W]
    private readonly float[] logits;    // [1, K]
    private readonly int[] ranking;

    /// <summary>Prepares for frames of the classifier's size.</summary>
    public FrameClassifier(IClassifier classifier)
        : this(classifier, classifier?.Width ?? 1, classifier?.Height ?? 1)
    {
    }

    /// <summary>Prepares for frames of another size.</summary>
    /// <param name="classifier">Judges the resized frames.</param>
    /// <param name="width">Pixels a row of the frames.</param>
    /// <param name="height">Rows of the frames.</param>
    public FrameClassifier(IClassifier classifier, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        this.classifier = classifier;
        resize = new BilinearResize(width, height, classifier.Width, classifier.Height);
        picture = new float[resize.TargetLength];
        logits = new float[classifier.Labels.Count];
        ranking = new int[logits.Length];
    }

    /// <summary>[3, H, W] what the classifier saw of the frame that was classified last, in [0, 1].</summary>
    public ReadOnlySpan<float> Picture => picture;

    /// <summary>[K] its logits.</summary>
    public ReadOnlySpan<float> Logits => logits;

    /// <summary>W of <see cref="Picture"/>, pixels.</summary>
    public int PictureWidth => classifier.Width;

    /// <summary>Classifies one frame.</summary>
    /// <param name="rgb">[H, W, 3], 0..255.</param>
    /// <exception cref="ArgumentException">The classifier answered with a value that is not a number.</exception>
    public Verdict Classify(ReadOnlySpan<byte> rgb)
    {
        resize.Apply(rgb, picture);
        classifier.Classify(picture, logits, 1);
        return Read(logits);
    }

    /// <summary>The most probable classes of the frame that was classified last, best first.</summary>
    /// <param name="best">Receives as many as it has room for, at most as many as there are classes.</param>
    /// <returns>The number written.</returns>
    public int Top(Span<Verdict> best)
    {
        int count = Math.Min(best.Length, ranking.Length);
        LogitRank.Top(logits, ranking.AsSpan(0, count));
        for (int i = 0; i < count; i++)
            best[i] = new Verdict(ranking[i], Confidence(logits, ranking[i], ranking[0]));
        return count;
    }

    /// <summary>The verdict in a row of logits.</summary>
    /// <param name="logits">[K]; a value that is not a number throws <see cref="ArgumentException"/>.</param>
    public static Verdict Read(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (float.IsNaN(logits[i]))
                throw new ArgumentException($"Logit {i} is not a number.", nameof(logits));
            if (logits[i] > logits[best])
                best = i;
        }

        return new Verdict(best, Confidence(logits, best, best));
    }

    private static float Confidence(ReadOnlySpan<float> logits, int label, int best)
    {
        // The largest logit is taken off before the exponential, which keeps it finite.
        float sum = 0;
        foreach (float logit in logits)
            sum += MathF.Exp(logit - logits[best]);
        return MathF.Exp(logits[label] - logits[best]) / sum;
    }
}
