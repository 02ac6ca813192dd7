using System.Buffers;

namespace Realtime.Filter.Attacks;

/// <summary>
/// All that an attack may know of its victim: logits, loss and d(loss)/d(picture) at a point. Implemented by an ONNX graph,
/// by a torch model, and by compositions (a classifier behind a purifier, BPDA, EOT). Used from one thread.
/// </summary>
public interface IGradient
{
    /// <summary>Number of classes K.</summary>
    int Classes { get; }

    /// <summary>Floats in one picture, 3 * H * W.</summary>
    int PictureLength { get; }

    /// <summary>Picture width W in pixels, for the attacks that know where a pixel lies; where a victim does not say, its pictures are square.</summary>
    /// <exception cref="NotSupportedException">The victim does not say, and its pictures are not three squares.</exception>
    int Width
    {
        get
        {
            int side = (int)Math.Round(Math.Sqrt(PictureLength / 3.0));
            return 3 * side * side == PictureLength ? side : throw new NotSupportedException($"The victim does not know the shape of its {PictureLength} values; this attack needs it.");
        }
    }

    /// <summary>Picture height H in pixels.</summary>
    int Height => PictureLength / 3 / Width;

    /// <summary>Evaluates the victim at <paramref name="pictures"/>.</summary>
    /// <param name="pictures">[count, 3, H, W] RGB in [0, 1].</param>
    /// <param name="labels">[count] class indices; the loss is the cross-entropy against them.</param>
    /// <param name="logits">[count, K].</param>
    /// <param name="loss">[count] one loss per picture, so that pictures in a batch do not influence each other.</param>
    /// <param name="gradient">[count, 3, H, W] gradient of each picture's own loss.</param>
    void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient);

    /// <summary>
    /// The same for any loss of the logits. Where a victim has only the method above, the gradient is made of cross-entropy gradients
    /// (<see cref="CrossEntropyRule"/>), exactly but at several evaluations.
    /// </summary>
    /// <param name="pictures">[count, 3, H, W] RGB in [0, 1].</param>
    /// <param name="loss">The loss; it knows the batch's labels.</param>
    /// <param name="logits">[count, K].</param>
    /// <param name="losses">[count].</param>
    /// <param name="gradient">[count, 3, H, W] gradient of each picture's own loss.</param>
    /// <exception cref="NotSupportedException">The victim cannot give this loss's gradient.</exception>
    void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient) =>
        CrossEntropyRule.Evaluate(this, pictures, loss, logits, losses, gradient);

    /// <summary>Logits only; cheaper than a gradient where the victim can leave it out.</summary>
    /// <param name="pictures">[count, 3, H, W] RGB in [0, 1].</param>
    /// <param name="logits">[count, K].</param>
    void Predict(ReadOnlySpan<float> pictures, Span<float> logits)
    {
        int count = pictures.Length / PictureLength;
        long[] labels = ArrayPool<long>.Shared.Rent(count);
        float[] loss = ArrayPool<float>.Shared.Rent(count), gradient = ArrayPool<float>.Shared.Rent(pictures.Length);
        labels.AsSpan(0, count).Clear();
        Evaluate(pictures, labels.AsSpan(0, count), logits, loss.AsSpan(0, count), gradient.AsSpan(0, pictures.Length));
        ArrayPool<long>.Shared.Return(labels);
        ArrayPool<float>.Shared.Return(loss);
        ArrayPool<float>.Shared.Return(gradient);
    }
}
