using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>A net that maps attacked tiles to clean ones: [B, 3, S, S] in [0, 1] -> the same shape, about [0, 1], not clamped.</summary>
/// <param name="name">Name of the module.</param>
/// <param name="precision">The format of its products.</param>
public abstract class PurifierNet(string name, Precision precision) : Module<Tensor, TokenMask?, Tensor>(name)
{
    /// <summary>The shape of the net.</summary>
    public abstract IPurifierArchitecture Architecture { get; }

    /// <summary>The format of its products.</summary>
    public Precision Precision => precision;

    /// <summary>Purifies pictures of one tile or, cut into tiles without overlap, of a whole number of them: [B, 3, H, H] -> the same.</summary>
    /// <param name="picture">RGB in [0, 1].</param>
    /// <param name="mask">For training: one row a tile, of <see cref="IPurifierArchitecture.Tokens"/> patches. Null as in use: no token is masked and none is moved.</param>
    public Tensor Purify(Tensor picture, TokenMask? mask = null) => OnTiles(picture, tiles => call(tiles, mask));

    /// <summary>Cuts pictures [B, 3, H, H] into tiles without overlap, in row order, and puts what comes of them together.</summary>
    /// <param name="picture">RGB in [0, 1]; H is a whole number of tiles.</param>
    /// <param name="purify">[B * tiles, 3, S, S] -> the same.</param>
    protected Tensor OnTiles(Tensor picture, Func<Tensor, Tensor> purify)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(purify);
        (long b, int size, int tile) = (picture.shape[0], (int)picture.shape[2], Architecture.Size);
        if (size == tile)
            return purify(picture);
        if (size % tile != 0)
            throw new ArgumentException($"A picture of {size} pixels is no whole number of {tile}-pixel tiles.", nameof(picture));
        Tensor tiles = Patches.Fold(picture, tile);                                                         // [B, tiles, 3 * S * S]
        Tensor purified = purify(tiles.reshape(-1, 3, tile, tile));
        return Patches.Unfold(purified.reshape(b, tiles.shape[1], tiles.shape[2]), tile, size);
    }
}
