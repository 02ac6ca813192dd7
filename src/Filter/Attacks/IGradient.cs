namespace Realtime.Filter.Attacks;

/// <summary>
/// All that an attack may know of its victim: logits, loss and d(loss)/d(picture) at a point. Implemented by an ONNX gradient graph,
/// by a torch model, and by compositions (a classifier behind a purifier, BPDA, EOT). Used from one thread.
/// </summary>
public interface IGradient
{
    /// <summary>Number of classes K.</summary>
    int Classes { get; }

    /// <summary>Floats in one picture, 3 * H * W.</summary>
    int PictureLength { get; }

    /// <summary>Evaluates the victim at <paramref name="pictures"/>.</summary>
    /// <param name="pictures">[count, 3, H, W] RGB in [0, 1].</param>
    /// <param name="labels">[count] class indices; the loss is the cross-entropy against them.</param>
    /// <param name="logits">[count, K].</param>
    /// <param name="loss">[count] one loss per picture, so that pictures in a batch do not influence each other.</param>
    /// <param name="gradient">[count, 3, H, W] gradient of each picture's own loss.</param>
    void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient);
}
