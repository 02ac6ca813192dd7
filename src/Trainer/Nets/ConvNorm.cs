using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>
/// Convolution and batch norm as one unit: [N, in, H, W] -> [N, out, H/stride, W/stride]. In evaluation the norm is folded into the
/// convolution's weights, exactly as the exporter writes it.
/// </summary>
public sealed class ConvNorm : Module<Tensor, Tensor>
{
    private const double Epsilon = 1e-5;

    private readonly Precision precision;
    private readonly long stride;
    private readonly long padding;
    private readonly Parameter weight;          // [out, in, kernel, kernel]
    private readonly Parameter scale;           // [out]
    private readonly Parameter shift;           // [out]
    private readonly Tensor running_mean;       // [out], a buffer
    private readonly Tensor running_var;        // [out], a buffer

    /// <summary>Creates the unit, He-initialised.</summary>
    public ConvNorm(long inputs, long outputs, long kernel, long stride, Precision precision)
        : base(nameof(ConvNorm))
    {
        this.precision = precision;
        this.stride = stride;
        padding = kernel / 2;
        weight = Initial.He(inputs * kernel * kernel, outputs, inputs, kernel, kernel);
        scale = Initial.Ones(outputs);
        shift = Initial.Zeros(outputs);
        running_mean = zeros([outputs]);
        running_var = ones([outputs]);
        RegisterComponents();
    }

    /// <summary>Step between output pixels.</summary>
    public long Stride => stride;

    /// <summary>Zero padding on each side.</summary>
    public long Padding => padding;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (!training)
        {
            (Tensor foldedWeight, Tensor foldedBias) = Fold();
            return functional.conv2d(precision.Cast(input), precision.Cast(foldedWeight), precision.Cast(foldedBias), [stride, stride], [padding, padding]);
        }

        Tensor convolved = functional.conv2d(precision.Cast(input), precision.Cast(weight), null, [stride, stride], [padding, padding]);
        return functional.batch_norm(convolved, running_mean, running_var, scale, shift, training: true, momentum: 0.1, eps: Epsilon);
    }

    /// <summary>Weight [out, in, k, k] and bias [out] of the one convolution that equals this unit in evaluation.</summary>
    public (Tensor Weight, Tensor Bias) Fold()
    {
        Tensor gain = scale / (running_var + Epsilon).sqrt();                       // [out]
        return (weight * gain.reshape(-1, 1, 1, 1), shift - running_mean * gain);
    }
}
