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
    private readonly MixedLinear? verdict;      // D -> K
    private readonly MixedLinear? announce;     // K -> D
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
        if (a.Residual && a.Bottleneck != Bottleneck.None)
            throw new ArgumentException($"A residual output is the attacked picture and a change: it has no bottleneck, found {a.Bottleneck}.", nameof(architecture));
        Architecture = a;
        stem = a.Stem > 0 ? new ConvolutionalStem(a.Stem, precision) : null;
        embed = new MixedLinear((a.Stem > 0 ? a.Stem : 3) * a.Patch * a.Patch, a.Width, precision);
        encoder = ModuleList(Enumerable.Range(0, a.Encoder).Select(_ => new TransformerBlock(a.Width, a.Heads, precision)).ToArray());
        encoderNorm = new LayerNorm(a.Width);
        verdict = a.Bottleneck == Bottleneck.Verdict ? new MixedLinear(a.Width, a.Classes, precision) : null;
        announce = verdict is null ? null : new MixedLinear(a.Classes, a.Width, precision);
        maskToken = Initial.Normal(0.02, 1, 1, a.Width);
        decoder = ModuleList(Enumerable.Range(0, a.Decoder).Select(_ => new TransformerBlock(a.Width, a.Heads, precision)).ToArray());
        decoderNorm = new LayerNorm(a.Width);
        unembed = new MixedLinear(a.Width, (a.Stem > 0 ? TokenMaps : 3) * a.Patch * a.Patch, precision);
        head = a.Stem > 0 ? new ConvolutionalHead((a.HasSkip ? a.Stem : 0) + TokenMaps, a.Stem, precision) : null;
        positions = PositionEncoding.Create(a.Size / a.Patch, a.Width);
        if (a.Residual && head is null)
            unembed.SetToZero();
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override PurifierArchitecture Architecture { get; }

    /// <summary>The decoder's transformer blocks in order: what low-rank branches are attached to.</summary>
    public IReadOnlyList<TransformerBlock> Decoder => [.. decoder];

    /// <summary>Purifies tiles of which the encoder sees the patches of <paramref name="mask"/> only; null sees all, in image order.</summary>
    /// <returns>[B, 3, S, S], about [0, 1], not clamped.</returns>
    public override Tensor forward(Tensor picture, TokenMask? mask)
    {
        Tensor? shown = mask?.Pixels(Architecture.Size);                                                    // the paper's M: [B, 1, S, S]
        Tensor visible = shown is null ? picture : picture * shown;
        Tensor pixels = shown is null ? (picture - 0.5f) * 2f : (picture - 0.5f) * 2f * shown;                // masked pixels are grey
        Tensor? features = stem?.call(pixels);                                                              // [B, C, S, S]
        Tensor tokens = Encode(features ?? pixels, mask);                                                   // [B, K, D]

        if (Architecture.Bottleneck is Bottleneck.Mean or Bottleneck.Verdict)
        {
            tokens = tokens.mean([1], keepdim: true);                                                       // [B, 1, D], the same for every place
            tokens = announce is null ? tokens : Announce(Verdict(tokens)!);
        }
        else if (mask is not null)
            tokens = Restore(tokens, mask.Restore);                                                         // [B, N, D]
        Tensor change = Decode(tokens, features);
        return Architecture.Residual ? visible + change : change * 0.5f + 0.5f;
    }

    /// <summary>The picture that the decoder paints for verdicts of <see cref="Bottleneck.Verdict"/>: [B, K] -> [B, 3, S, S], about [0, 1], not clamped.</summary>
    public Tensor Paint(Tensor verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        return Decode(Announce(verdicts.unsqueeze(1)), null) * 0.5f + 0.5f;
    }

    /// <summary>What the encoder f makes of pictures of which nothing is masked: [B, 3, H, H], a whole number of tiles -> [B * tiles, N, D], patches in image order.</summary>
    /// <param name="picture">RGB in [0, 1].</param>
    public Tensor Latent(Tensor picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Tensor tiles = Patches.Fold(picture, Architecture.Size).reshape(-1, 3, Architecture.Size, Architecture.Size);
        Tensor pixels = (tiles - 0.5f) * 2f;
        return Encode(stem is null ? pixels : stem.call(pixels), null);
    }

    /// <summary>What a bottleneck of that kind lets pass: the mean of tokens, [..., D] -> logits [..., K]; null for the others.</summary>
    public Tensor? Verdict(Tensor mean) => verdict?.call(mean).to_type(ScalarType.Float32);

    /// <summary>
    /// Multiplies the change that the net makes of a picture. A net trained on a distance to the clean picture shrinks its answer towards the mean of what it
    /// might be; where a classifier follows, somewhat more than its answer takes off more of the attack.
    /// </summary>
    /// <param name="gain">Above 0; 1 changes nothing.</param>
    /// <exception cref="InvalidOperationException">The net gives the picture itself, not a change of it.</exception>
    public void Amplify(double gain)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gain);
        if (!((PurifierArchitecture)Architecture).Residual)
            throw new InvalidOperationException("Only a purifier with a residual output has a change to multiply.");
        if (head is null)
            unembed.Amplify(gain);
        else
            head.Amplify(gain);
    }

    /// <summary>The parameters of the decoder g: of all that works on the encoder's output, up to the pixels.</summary>
    public IEnumerable<(string name, Parameter parameter)> DecoderParameters() =>
        named_parameters().Where(p => p.name.Split('.')[0] is nameof(announce) or nameof(maskToken) or nameof(decoder) or nameof(decoderNorm) or nameof(unembed) or nameof(head));

    private Tensor Announce(Tensor verdicts) => announce!.call(verdicts).to_type(ScalarType.Float32);

    // [B, N or 1, D] tokens, and [B, C, S, S] features where the head sees them -> [B, 3, S, S]
    private Tensor Decode(Tensor tokens, Tensor? features)
    {
        tokens = tokens + positions;
        foreach (TransformerBlock block in decoder)
            tokens = block.call(tokens);
        Tensor maps = Patches.Unfold(unembed.call(decoderNorm.call(tokens)), Architecture.Patch, Architecture.Size);
        Tensor change = head is null ? maps : head.call(Architecture.HasSkip ? cat([features!, maps], 1) : maps);
        return change.to_type(ScalarType.Float32);
    }

    private Tensor Encode(Tensor maps, TokenMask? mask)
    {
        Tensor tokens = embed.call(Patches.Fold(maps, Architecture.Patch)).to_type(ScalarType.Float32) + positions;     // [B, N, D]
        if (mask is not null)
            tokens = Gather(tokens, mask.Kept);                                                             // [B, K, D]
        foreach (TransformerBlock block in encoder)
            tokens = block.call(tokens);
        return encoderNorm.call(tokens);
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
}
