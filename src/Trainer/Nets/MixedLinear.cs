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

    /// <summary>The weight: [out, in].</summary>
    internal Parameter Weight => weight;

    /// <summary>The format of its products.</summary>
    internal Precision Precision => precision;

    /// <summary>A low-rank branch beside the layer, whose output is added while it is attached. Its parameters are not the layer's: whoever attached it owns it.</summary>
    internal LowRankBranch? Branch { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor x = precision.Cast(input);
        Tensor output = functional.linear(x, precision.Cast(weight), precision.Cast(bias));
        return Branch is null ? output : output + Branch.call(x);
    }

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
