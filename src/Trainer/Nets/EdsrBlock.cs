using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>The residual block of EDSR (Lim et al. 2017): x + conv(relu(conv(x))), without norms: [B, W, H, H] -> the same, in float32. Starts as the identity.</summary>
public sealed class EdsrBlock : Module<Tensor, Tensor>
{
    private readonly MixedConv2d first;
    private readonly MixedConv2d second;

    /// <summary>Creates the block.</summary>
    public EdsrBlock(int width, Precision precision)
        : base(nameof(EdsrBlock))
    {
        first = new MixedConv2d(width, width, 3, precision);
        second = new MixedConv2d(width, width, 3, precision);
        second.SetToZero();
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input + second.call(functional.relu(first.call(input))).to_type(ScalarType.Float32);
}
