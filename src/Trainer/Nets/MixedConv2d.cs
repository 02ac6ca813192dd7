using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>A "same"-padded square convolution with bias, computed in the precision's format: [N, in, H, W] -> [N, out, H / stride, W / stride].</summary>
public sealed class MixedConv2d : Module<Tensor, Tensor>
{
    private readonly Precision precision;
    private readonly long stride;
    private readonly long padding;
    private readonly Parameter weight;      // [out, in, kernel, kernel]
    private readonly Parameter bias;        // [out]

    /// <summary>Creates the layer, He-initialised with zero bias.</summary>
    public MixedConv2d(long inputs, long outputs, long kernel, Precision precision, long stride = 1)
        : base(nameof(MixedConv2d))
    {
        (this.precision, this.stride) = (precision, stride);
        padding = kernel / 2;
        weight = Initial.He(inputs * kernel * kernel, outputs, inputs, kernel, kernel);
        bias = Initial.Zeros(outputs);
        RegisterComponents();
    }

    /// <summary>Step between output pixels.</summary>
    public long Stride => stride;

    /// <summary>Zero padding on each side.</summary>
    public long Padding => padding;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) =>
        functional.conv2d(precision.Cast(input), precision.Cast(weight), precision.Cast(bias), strides: [stride, stride], padding: [padding, padding]);

    /// <summary>Starts the layer at zero, so that a residual branch begins as the identity.</summary>
    internal void SetToZero()
    {
        using IDisposable still = no_grad();
        weight.zero_();
    }

    /// <summary>Multiplies the layer's output: weights and bias.</summary>
    internal void Amplify(double gain)
    {
        using IDisposable still = no_grad();
        weight.mul_(gain);
        bias.mul_(gain);
    }
}
