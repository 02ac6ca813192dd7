using Realtime.Trainer.Nets;
using static TorchSharp.torch;

namespace Realtime.Trainer.Training.Losses;

/// <summary>The pictures of one step and what the purifier P makes of them, computed when a loss first asks for it.</summary>
/// <param name="purifier">P with a mask or none: [B, 3, H, H] -> the same, with its graph.</param>
/// <param name="attacked">x_a, [B, 3, H, H] in [0, 1].</param>
/// <param name="clean">x, the same shape.</param>
/// <param name="mask">What of x_a the purifier sees, a row a tile; null for all.</param>
public sealed class PurifierBatch(Func<Tensor, TokenMask?, Tensor> purifier, Tensor attacked, Tensor clean, TokenMask? mask)
{
    private Tensor? purified;
    private Tensor? purifiedClean;

    /// <summary>The attacked pictures x_a.</summary>
    public Tensor Attacked => attacked;

    /// <summary>The clean pictures x.</summary>
    public Tensor Clean => clean;

    /// <summary>The mask M; null where nothing is masked.</summary>
    public TokenMask? Mask => mask;

    /// <summary>The purified attacked pictures, g(f(M * x_a)).</summary>
    public Tensor Purified => purified ??= purifier(attacked, mask);

    /// <summary>The purified clean pictures P(x), nothing masked.</summary>
    public Tensor PurifiedClean => purifiedClean ??= purifier(clean, null);
}
