using static TorchSharp.torch;

namespace Realtime.Trainer.Nets;

/// <summary>
/// The number format of the matrix products and convolutions. Master weights, norms, softmax, loss and optimiser stay in float32;
/// on CPUs with AVX512-BF16, bfloat16 products train this project's models several times faster.
/// </summary>
public sealed class Precision(ScalarType compute)
{
    /// <summary>The format that products are computed in. Evaluation and export set <see cref="ScalarType.Float32"/>.</summary>
    public ScalarType Compute { get; set; } = compute;

    /// <summary><paramref name="tensor"/> in the compute format (itself where it already is).</summary>
    public Tensor Cast(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.dtype == Compute ? tensor : tensor.to_type(Compute);
    }
}
