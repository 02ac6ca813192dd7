using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>A linear layer whose product is computed in the precision's format: [..., in] -> [..., out].</summary>
public sealed class MixedLinear : Module<Tensor, Tensor>
{
    private readonly Precision precision;
    private readonly Parameter weight;      // [out, in]
    private readonly Parameter bias;        // [out]

    /// <summary>Creates the layer, Xavier-initialised with zero bias.</summary>
    public MixedLinear(long inputs, long outputs, Precision precision)
        : base(nameof(MixedLinear))
    {
        this.precision = precision;
        weight = Initial.Xavier(inputs, outputs, outputs, inputs);
        bias = Initial.Zeros(outputs);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.linear(precision.Cast(input), precision.Cast(weight), precision.Cast(bias));

    /// <summary>Starts the layer at zero, so that a residual branch begins as the identity.</summary>
    internal void SetToZero()
    {
        using IDisposable still = no_grad();
        weight.zero_();
    }
}
