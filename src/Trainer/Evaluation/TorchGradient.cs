using System.Runtime.InteropServices;
using Realtime.Filter.Attacks;
using TorchSharp;
using static TorchSharp.torch;

namespace Realtime.Trainer.Evaluation;

/// <summary>A torch model as an attack's victim; also a composition, since any function of a picture to logits can be given.</summary>
/// <param name="logitsOf">[N, 3, S, S] in [0, 1] -> [N, K] float32, differentiable.</param>
/// <param name="size">Edge length S.</param>
/// <param name="classes">Number of classes K.</param>
public sealed class TorchGradient(Func<Tensor, Tensor> logitsOf, int size, int classes) : IGradient
{
    /// <inheritdoc/>
    public int Classes => classes;

    /// <inheritdoc/>
    public int PictureLength => 3 * size * size;

    /// <inheritdoc/>
    public int Width => size;

    /// <inheritdoc/>
    public int Height => size;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient) =>
        Evaluate(pictures, new CrossEntropyLoss(labels.ToArray()), logits, loss, gradient);

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> pictures, ILogitLoss loss, Span<float> logits, Span<float> losses, Span<float> gradient)
    {
        ArgumentNullException.ThrowIfNull(loss);
        using DisposeScope scope = NewDisposeScope();
        Tensor x = Pictures(pictures).requires_grad_();
        Tensor found = logitsOf(x);
        Floats(found.detach().contiguous()).CopyTo(logits);
        Tensor slopes = empty([losses.Length, classes]);
        for (int n = 0; n < losses.Length; n++)
            losses[n] = loss.Evaluate(n, logits.Slice(n * classes, classes), Floats(slopes).Slice(n * classes, classes));

        // The gradient of sum(slopes * logits) with the slopes held still is the chain rule through the loss.
        Tensor slope = autograd.grad([(found * slopes).sum()], [x])[0].contiguous();
        Floats(slope).CopyTo(gradient);
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> pictures, Span<float> logits)
    {
        using IDisposable still = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Floats(logitsOf(Pictures(pictures)).contiguous()).CopyTo(logits);
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private Tensor Pictures(ReadOnlySpan<float> pictures)
    {
        Tensor x = empty([pictures.Length / PictureLength, 3, size, size]);
        pictures.CopyTo(Floats(x));
        return x;
    }
}
