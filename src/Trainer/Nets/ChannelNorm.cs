using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>Batch norm that stands before its convolution, so that nothing can be folded: [N, C, H, W] -> the same. In evaluation it is one product and one sum a channel.</summary>
public sealed class ChannelNorm : Module<Tensor, Tensor>
{
    private const double Epsilon = 1e-5;

    private readonly Parameter gain;            // [C]
    private readonly Parameter offset;          // [C]
    private readonly Tensor mean;               // [C], a buffer
    private readonly Tensor variance;           // [C], a buffer

    /// <summary>Creates the norm with gain 1 and offset 0.</summary>
    public ChannelNorm(long channels)
        : base(nameof(ChannelNorm))
    {
        gain = Initial.Ones(channels);
        offset = Initial.Zeros(channels);
        mean = zeros([channels]);
        variance = ones([channels]);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (training)
            return functional.batch_norm(input.to_type(ScalarType.Float32), mean, variance, gain, offset, training: true, momentum: 0.1, eps: Epsilon);
        (Tensor factor, Tensor term) = Fold();
        return input.to_type(ScalarType.Float32) * factor.reshape(1, -1, 1, 1) + term.reshape(1, -1, 1, 1);
    }

    /// <summary>Factor [C] and term [C] that equal this norm in evaluation.</summary>
    public (Tensor Factor, Tensor Term) Fold()
    {
        Tensor factor = gain / (variance + Epsilon).sqrt();
        return (factor, offset - mean * factor);
    }
}
