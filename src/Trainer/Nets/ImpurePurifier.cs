using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>
/// The regional-intersection autoencoder of IMPure (arXiv 2311.15339, section 3.2.1): the patches are split into regions, each region is encoded by itself, and
/// each is restored from the features of the others and its own features behind noise. No patch is copied from the same place of the input.
/// </summary>
/// <remarks>
/// The paper's parts in their smallest form, with the blocks of our MAEP; docs/training.md says what is left out. Tiles are [B, 3, S, S] in [0, 1];
/// N patches, R regions of L = N / R patches, D width.
/// </remarks>
public sealed class ImpurePurifier : PurifierNet
{
    private readonly MixedLinear embed;
    private readonly ModuleList<TransformerBlock> encoder;
    private readonly LayerNorm encoderNorm;
    private readonly ModuleList<TransformerBlock> decoder;
    private readonly LayerNorm decoderNorm;
    private readonly MixedLinear unembed;
    private readonly Tensor positions;          // [1, N, D], fixed
    private readonly Tensor imageNoise;         // [1, 3, S, S], fixed: the noise in use
    private readonly Tensor featureNoise;       // [1, N, D], likewise, in the order of the uniform split

    /// <summary>Creates the purifier with random weights, and draws the noise that it has in use.</summary>
    public ImpurePurifier(ImpureArchitecture architecture, Precision precision)
        : base(nameof(ImpurePurifier), precision)
    {
        ImpureArchitecture a = architecture;
        Architecture = a;
        embed = new MixedLinear(3 * a.Patch * a.Patch, a.Width, precision);
        encoder = ModuleList(Enumerable.Range(0, a.Encoder).Select(_ => new TransformerBlock(a.Width, a.Heads, precision)).ToArray());
        encoderNorm = new LayerNorm(a.Width);
        decoder = ModuleList(Enumerable.Range(0, a.Decoder).Select(_ => new TransformerBlock(a.Width, a.Heads, precision)).ToArray());
        decoderNorm = new LayerNorm(a.Width);
        unembed = new MixedLinear(a.Width, 3 * a.Patch * a.Patch, precision);
        positions = PositionEncoding.Create(a.Edge, a.Width);
        imageNoise = randn([1, 3, a.Size, a.Size]);
        featureNoise = randn([1, a.Patches, a.Width]);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override ImpureArchitecture Architecture { get; }

    /// <summary>Purifies tiles as in use: uniform split, fixed noise. The net hides regions itself and takes no mask.</summary>
    /// <returns>[B, 3, S, S], about [0, 1], not clamped.</returns>
    public override Tensor forward(Tensor picture, TokenMask? mask) => mask is null
        ? Reconstruct(picture, RegionalDraw.InUse(Architecture, imageNoise, featureNoise))
        : throw new ArgumentException("An IMPure purifier hides regions by a RegionalDraw, not by a mask.", nameof(mask));

    /// <summary>Purifies pictures as in training, cut into tiles where they are larger: [B, 3, H, H] -> the same.</summary>
    /// <param name="picture">RGB in [0, 1].</param>
    /// <param name="draw">Split and noise, one row a tile.</param>
    public Tensor Purify(Tensor picture, RegionalDraw draw) => OnTiles(picture, tiles => Reconstruct(tiles, draw));

    private Tensor Reconstruct(Tensor picture, RegionalDraw draw)
    {
        (long b, long n, long r, long d) = (picture.shape[0], Architecture.Patches, Architecture.Regions, Architecture.Width);
        Tensor pixels = (picture - 0.5f) * 2f;
        Tensor tokens = cat([Embed(pixels, draw), Embed(draw.Image.Apply(pixels), draw)], 1);           // [B, 2N, D]: as they are, and behind noise

        // Regions do not see each other here: each is a sequence of its own.
        tokens = tokens.reshape(b * 2 * r, n / r, d);
        foreach (TransformerBlock block in encoder)
            tokens = block.call(tokens);
        tokens = encoderNorm.call(tokens).reshape(b, 2 * n, d);
        Tensor places = Gather(positions.expand(b, n, d), draw.Order);
        Tensor clear = (tokens.narrow(1, 0, n) + places).reshape(b, 1, r, n / r, d);
        Tensor noised = (draw.Features.Apply(tokens.narrow(1, n, n)) + places).reshape(b, 1, r, n / r, d);

        // One decoding a region: its own features behind noise, those of the others as they are; of each, the own region's patches count.
        Tensor own = tensor(Own(Architecture.Regions), [1, r, r, 1, 1]);
        tokens = (clear * (own * -1f + 1f) + noised * own).reshape(b * r, n, d);
        foreach (TransformerBlock block in decoder)
            tokens = block.call(tokens);
        tokens = (tokens.reshape(b, r, r, n / r, d) * own).sum(1).reshape(b, n, d);
        Tensor rows = Gather(unembed.call(decoderNorm.call(tokens)).to_type(ScalarType.Float32), draw.Restore);
        return Patches.Unfold(rows, Architecture.Patch, Architecture.Size) * 0.5f + 0.5f;
    }

    /// <summary>Tokens [B, N, D] of a picture, in the order of the split.</summary>
    private Tensor Embed(Tensor pixels, RegionalDraw draw) =>
        Gather(embed.call(Patches.Fold(pixels, Architecture.Patch)).to_type(ScalarType.Float32) + positions, draw.Order);

    private static Tensor Gather(Tensor tokens, Tensor ids) =>
        tokens.gather(1, ids.unsqueeze(-1).expand(tokens.shape[0], tokens.shape[1], tokens.shape[2]));

    /// <summary>1 where the region that is decoded is the region that the tokens are of: the identity matrix, row by row.</summary>
    internal static float[] Own(int regions) => [.. Enumerable.Range(0, regions * regions).Select(i => i / regions == i % regions ? 1f : 0f)];
}
