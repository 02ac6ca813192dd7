using Realtime.Filter.Defences;
using Realtime.Filter.Models;
using Realtime.Filter.Purifiers;

namespace Realtime.Trainer.Evaluation;

/// <summary>
/// A purifier in an ONNX file as a defence. Pictures larger than its tiles are cut into a whole number of them, without overlap, as the gradient
/// through purifier and classifier has it. Owns its sessions and buffers.
/// </summary>
public sealed class OnnxDefence : IDefence
{
    private readonly string path;
    private readonly OnnxPurifier purifier;
    private PurifierPullback? pullback;
    private float[] tiles = [];
    private float[] purified = [];
    private int width;
    private int height;
    private int count;

    /// <summary>Opens a purifier.</summary>
    /// <param name="nameOrPath">A shipped one or an ONNX file.</param>
    /// <exception cref="Filter.Errors.UserErrorException">There is no such file, or it is no purifier (model rejected).</exception>
    public OnnxDefence(string nameOrPath)
    {
        Name = nameOrPath;
        path = ModelCatalog.Resolve(nameOrPath);
        purifier = OnnxPurifier.Open(path, threads: 1);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsStochastic => false;

    /// <inheritdoc/>
    public string GradientKind => "exact";

    /// <summary>Edge length S of a tile; pictures are a whole number of tiles.</summary>
    public int TileSize => purifier.TileSize;

    private int Tiles => count * (height / TileSize) * (width / TileSize);

    private int TileLength => 3 * TileSize * TileSize;

    /// <inheritdoc/>
    public void Defend(ReadOnlySpan<float> pictures, int width, int height, Random random, Span<float> defended)
    {
        if (width % TileSize != 0 || height % TileSize != 0)
            throw new ArgumentException($"{Name} purifies tiles of {TileSize} pixels; {width}x{height} is no whole number of them.");
        (this.width, this.height, count) = (width, height, pictures.Length / (3 * width * height));
        if (tiles.Length < pictures.Length)
        {
            tiles = new float[pictures.Length];
            purified = new float[pictures.Length];
        }

        WholeTiles.Cut(pictures, width, height, TileSize, tiles);
        purifier.Purify(tiles.AsMemory(0, pictures.Length), purified.AsMemory(0, pictures.Length), Tiles);
        WholeTiles.Join(purified, width, height, TileSize, defended);
        foreach (ref float value in defended)
            value = Math.Clamp(value, 0f, 1f);
    }

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<float> gradient, Span<float> result)
    {
        if (count == 0 || gradient.Length != Tiles * TileLength)
            throw new InvalidOperationException($"{Name} has not defended a batch of {gradient.Length} values before.");
        pullback ??= new PurifierPullback(path);
        float[] upstream = new float[gradient.Length], down = new float[gradient.Length];
        WholeTiles.Cut(gradient, width, height, TileSize, upstream);
        pullback.Run(tiles.AsMemory(0, gradient.Length), upstream, down, Tiles, TileSize);
        WholeTiles.Join(down, width, height, TileSize, result);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        purifier.Dispose();
        pullback?.Dispose();
    }
}
