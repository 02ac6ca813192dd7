using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>
/// The pre-activation block of wide residual networks (He et al. 2016b; Zagoruyko and Komodakis 2016, without dropout): with a = relu(norm(x)),
/// x' + conv(relu(norm(conv(a)))), x' = x, or a strided 1x1 convolution of a where the shape changes.
/// </summary>
public sealed class PreActivationBlock : Module<Tensor, Tensor>
{
    private readonly ChannelNorm norm;
    private readonly ConvNorm first;
    private readonly MixedConv2d second;
    private readonly MixedConv2d? shortcut;

    /// <summary>Creates the block.</summary>
    public PreActivationBlock(long inputs, long outputs, long stride, Precision precision)
        : base(nameof(PreActivationBlock))
    {
        norm = new ChannelNorm(inputs);
        first = new ConvNorm(inputs, outputs, 3, stride, precision);
        second = new MixedConv2d(outputs, outputs, 3, precision);
        shortcut = stride == 1 && inputs == outputs ? null : new MixedConv2d(inputs, outputs, 1, precision, stride);
        RegisterComponents();
    }

    /// <summary>The parts in order; the shortcut is null where x' = x.</summary>
    public (ChannelNorm Norm, ConvNorm First, MixedConv2d Second, MixedConv2d? Shortcut) Units => (norm, first, second, shortcut);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor active = functional.relu(norm.call(input));
        Tensor trunk = shortcut is null ? input : shortcut.call(active);
        return second.call(functional.relu(first.call(active))) + trunk;
    }
}
