using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Losses;

/// <summary>
/// The distance D of the losses (MAEP, appendix 7 and Table 11), as a mean over elements. The paper leaves the reduction open; a mean makes the learning
/// rate independent of picture and batch size. A difference of 1 / 255 counts as 1, so that pixels are measured in 8-bit levels.
/// </summary>
public sealed class Distance
{
    private const float Levels = 255f;

    private readonly Func<Tensor, Tensor> sizeOf;       // of each element of a difference in levels

    private Distance(string name, Func<Tensor, Tensor> sizeOf) => (Name, this.sizeOf) = (name, sizeOf);

    /// <summary>The mean absolute difference, the paper's choice.</summary>
    public static Distance L1 { get; } = new("l1", d => d.abs() * Levels);

    /// <summary>The mean squared difference.</summary>
    public static Distance Mse { get; } = new("mse", d => d.pow(2) * (Levels * Levels));

    /// <summary>The distances by name.</summary>
    public static IReadOnlyList<Distance> All { get; } = [L1, Mse];

    /// <summary>The name, as the commands take it.</summary>
    public string Name { get; }

    /// <summary>The distance of this name, one of <see cref="All"/>.</summary>
    public static Distance Named(string name) => All.Single(d => d.Name == name);

    /// <summary>The distance between two tensors of one shape, a scalar.</summary>
    public Tensor Between(Tensor first, Tensor second) => sizeOf(first - second).mean();

    /// <summary>The distance where <paramref name="weights"/> is 1; where it is 0 nothing counts.</summary>
    /// <param name="first">[B, C, H, W].</param>
    /// <param name="second">The same shape.</param>
    /// <param name="weights">[B, 1, H, W], 0 or 1, not all of them 0.</param>
    public Tensor Between(Tensor first, Tensor second, Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(weights);
        return (sizeOf(first - second) * weights).sum() / (weights.sum() * first.shape[1]);
    }
}
