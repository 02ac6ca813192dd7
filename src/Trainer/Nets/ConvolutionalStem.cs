using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>Two 3x3 convolutions that see pixels before patches are made: [B, 3, S, S] -> [B, C, S, S].</summary>
public sealed class ConvolutionalStem : Module<Tensor, Tensor>
{
    private readonly MixedConv2d first;
    private readonly MixedConv2d second;

    /// <summary>Creates the stem.</summary>
    public ConvolutionalStem(int channels, Precision precision)
        : base(nameof(ConvolutionalStem))
    {
        first = new MixedConv2d(3, channels, 3, precision);
        second = new MixedConv2d(channels, channels, 3, precision);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor pixels) => functional.relu(second.call(functional.relu(first.call(pixels))));
}
