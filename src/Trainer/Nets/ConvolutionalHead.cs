using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>Three 3x3 convolutions from stem features and token maps to pixels: [B, C + 16, S, S] -> [B, 3, S, S]. Starts at zero.</summary>
public sealed class ConvolutionalHead : Module<Tensor, Tensor>
{
    private readonly MixedConv2d first;
    private readonly MixedConv2d second;
    private readonly MixedConv2d last;

    /// <summary>Creates the head.</summary>
    public ConvolutionalHead(int inputs, int channels, Precision precision)
        : base(nameof(ConvolutionalHead))
    {
        first = new MixedConv2d(inputs, channels, 3, precision);
        second = new MixedConv2d(channels, channels, 3, precision);
        last = new MixedConv2d(channels, 3, 3, precision);
        last.SetToZero();
        RegisterComponents();
    }

    /// <summary>Multiplies the head's output.</summary>
    internal void Amplify(double gain) => last.Amplify(gain);

    /// <inheritdoc/>
    public override Tensor forward(Tensor features) => last.call(functional.relu(second.call(functional.relu(first.call(features)))));
}
