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
    public void Evaluate(ReadOnlySpan<float> pictures, ReadOnlySpan<long> labels, Span<float> logits, Span<float> loss, Span<float> gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = empty([labels.Length, 3, size, size]);
        pictures.CopyTo(Floats(x));
        x.requires_grad_();
        Tensor y = empty([labels.Length], ScalarType.Int64);
        labels.CopyTo(MemoryMarshal.Cast<byte, long>(y.bytes));

        Tensor found = logitsOf(x);
        Tensor each = nn.functional.cross_entropy(found, y, reduction: nn.Reduction.None);      // [N], so that neighbours do not mix
        Tensor slope = autograd.grad([each.sum()], [x])[0].contiguous();
        Floats(found.detach().contiguous()).CopyTo(logits);
        Floats(each.detach()).CopyTo(loss);
        Floats(slope).CopyTo(gradient);
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
