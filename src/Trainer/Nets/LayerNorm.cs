using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>Layer norm over the last dimension in float32: [..., D] -> [..., D].</summary>
public sealed class LayerNorm : Module<Tensor, Tensor>
{
    /// <summary>Added to the variance; the exporter writes the same value.</summary>
    public const float Epsilon = 1e-5f;

    private readonly long width;
    private readonly Parameter weight;      // [D]
    private readonly Parameter bias;        // [D]

    /// <summary>Creates the norm with weight 1 and bias 0.</summary>
    public LayerNorm(long width)
        : base(nameof(LayerNorm))
    {
        this.width = width;
        weight = Initial.Ones(width);
        bias = Initial.Zeros(width);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => functional.layer_norm(input, [width], weight, bias, Epsilon);
}
