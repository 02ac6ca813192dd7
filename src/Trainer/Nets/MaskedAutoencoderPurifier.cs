using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>
/// MAEP (arXiv 2501.16904): a masked autoencoder that maps an attacked tile to the clean one. Plain as in the paper, or with a
/// convolutional stem and head on the pixels around the same encoder and decoder.
/// </summary>
/// <remarks>Tiles are [B, 3, S, S] in [0, 1]; B batch, N patches, K kept patches, D width, P patch edge, C stem channels.</remarks>
public sealed class MaskedAutoencoderPurifier : PurifierNet
{
    /// <summary>Maps that each patch's token contributes to the convolutional head.</summary>
    public const int TokenMaps = 16;

    private readonly ConvolutionalStem? stem;
    private readonly MixedLinear embed;
    private readonly ModuleList<TransformerBlock> encoder;
    private readonly LayerNorm encoderNorm;
    private readonly Parameter maskToken;       // [1, 1, D]
    private readonly ModuleList<TransformerBlock> decoder;
    private readonly LayerNorm decoderNorm;
    private readonly MixedLinear unembed;
    private readonly ConvolutionalHead? head;
    private readonly Tensor positions;          // [1, N, D], fixed

    /// <summary>Creates the purifier with random weights.</summary>
    public MaskedAutoencoderPurifier(PurifierArchitecture architecture, Precision precision)
        : base(nameof(MaskedAutoencoderPurifier), precision)
    {
        PurifierArchitecture a = architecture;
        Architecture = a;
        stem = a.Stem > 0 ? new ConvolutionalStem(a.Stem, precision) : null;
        embed = new MixedLinear((a.Stem > 0 ? a.Stem : 3) * a.Patch * a.Patch, a.Width, precision);
        encoder = ModuleList(Enumerable.Range(0, a.Encoder).Select(_ => new TransformerBlock(a.Width, a.Heads, precision)).ToArray());
        encoderNorm = new LayerNorm(a.Width);
        maskToken = Initial.Normal(0.02, 1, 1, a.Width);
        decoder = ModuleList(Enumerable.Range(0, a.Decoder).Select(_ => new TransformerBlock(a.Width, a.Heads, precision)).ToArray());
        decoderNorm = new LayerNorm(a.Width);
        unembed = new MixedLinear(a.Width, (a.Stem > 0 ? TokenMaps : 3) * a.Patch * a.Patch, precision);
        head = a.Stem > 0 ? new ConvolutionalHead(a.Stem + TokenMaps, a.Stem, precision) : null;
        positions = PositionEncoding.Create(a.Size / a.Patch, a.Width);
        if (a.Residual && head is null)
            unembed.SetToZero();
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override PurifierArchitecture Architecture { get; }

    /// <summary>Purifies tiles of which the encoder sees the patches of <paramref name="mask"/> only; null sees all, in image order.</summary>
    /// <returns>[B, 3, S, S], about [0, 1], not clamped.</returns>
    public override Tensor forward(Tensor picture, TokenMask? mask)
    {
        Tensor visible = mask is null ? picture : picture * PixelMask(mask);
        Tensor pixels = mask is null ? (picture - 0.5f) * 2f : (picture - 0.5f) * 2f * PixelMask(mask);       // masked pixels are grey
        Tensor? features = stem?.call(pixels);                                                              // [B, C, S, S]
        Tensor tokens = embed.call(Patches.Fold(features ?? pixels, Architecture.Patch)).to_type(ScalarType.Float32) + positions;

        if (mask is not null)
            tokens = Gather(tokens, mask.Kept);                                                             // [B, K, D]
        foreach (TransformerBlock block in encoder)
            tokens = block.call(tokens);
        tokens = encoderNorm.call(tokens);

        if (mask is not null)
            tokens = Restore(tokens, mask.Restore);                                                         // [B, N, D]
        tokens = tokens + positions;
        foreach (TransformerBlock block in decoder)
            tokens = block.call(tokens);
        Tensor maps = Patches.Unfold(unembed.call(decoderNorm.call(tokens)), Architecture.Patch, Architecture.Size);

        Tensor change = head is null ? maps.to_type(ScalarType.Float32) : head.call(cat([features!, maps], 1)).to_type(ScalarType.Float32);
        return Architecture.Residual ? visible + change : change * 0.5f + 0.5f;
    }

    private static Tensor Gather(Tensor tokens, Tensor ids) =>
        tokens.gather(1, ids.unsqueeze(-1).expand(ids.shape[0], ids.shape[1], tokens.shape[2]));

    private Tensor Restore(Tensor kept, Tensor restore)
    {
        (long b, long k, long d) = (kept.shape[0], kept.shape[1], kept.shape[2]);
        long n = restore.shape[1];
        Tensor shuffled = k == n ? kept : cat([kept, maskToken.expand(b, n - k, d)], 1);                     // [B, N, D]
        return Gather(shuffled, restore);
    }

    private Tensor PixelMask(TokenMask mask)
    {
        (long b, int edge, int p) = (mask.Visible.shape[0], Architecture.Size / Architecture.Patch, Architecture.Patch);
        return mask.Visible.reshape(b, 1, edge, 1, edge, 1).expand(b, 1, edge, p, edge, p).reshape(b, 1, Architecture.Size, Architecture.Size);
    }
}
