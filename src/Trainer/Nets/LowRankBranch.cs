using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>
/// The branch that LoRA (Hu et al. 2021, arXiv 2106.09685, Eq. 3) puts beside a frozen linear layer: alpha / rank * B A x, [..., in] -> [..., out].
/// B starts at zero, so that the layer begins as it was.
/// </summary>
public sealed class LowRankBranch : Module<Tensor, Tensor>
{
    private readonly Precision precision;
    private readonly double scale;
    private readonly Parameter a;       // [rank, in]
    private readonly Parameter b;       // [out, rank]

    /// <summary>Creates the branch, A normal with variance 2 / in.</summary>
    /// <param name="inputs">Width of the layer's input.</param>
    /// <param name="outputs">Width of its output.</param>
    /// <param name="rank">Width of the bottleneck, 1 to the smaller of the two.</param>
    /// <param name="alpha">Scale of the branch in units of 1 / rank.</param>
    /// <param name="precision">Format of the products.</param>
    public LowRankBranch(long inputs, long outputs, int rank, double alpha, Precision precision)
        : base(nameof(LowRankBranch))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Math.Min(inputs, outputs));
        this.precision = precision;
        scale = alpha / rank;
        a = Initial.He(inputs, rank, inputs);
        b = Initial.Zeros(outputs, rank);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) =>
        functional.linear(functional.linear(precision.Cast(input), precision.Cast(a)), precision.Cast(b)) * scale;

    /// <summary>What, added to the layer's weight, does the same as the branch: alpha / rank * B A, [out, in].</summary>
    public Tensor Product() => b.matmul(a) * scale;
}
