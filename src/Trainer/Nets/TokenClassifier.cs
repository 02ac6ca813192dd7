using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Realtime.Trainer.Nets;

/// <summary>
/// A classifier made of a purifier's encoder and one linear layer on the mean of its tokens, its own where it has one (<see cref="Bottleneck.Verdict"/>): [B, 3, H, H] in [0, 1] -> logits [B, K]. With it the encoder
/// learns alone, without the decoder and the classifier behind the purifier, which together cost two thirds of a step of adversarial training.
/// </summary>
public sealed class TokenClassifier : Module<Tensor, Tensor>
{
    private readonly MaskedAutoencoderPurifier purifier;
    private readonly MixedLinear? head;

    /// <summary>Puts a new head on an encoder that has none of its own.</summary>
    /// <param name="purifier">Whose encoder it is; shared, not copied.</param>
    /// <param name="classes">K.</param>
    public TokenClassifier(MaskedAutoencoderPurifier purifier, int classes)
        : base(nameof(TokenClassifier))
    {
        ArgumentNullException.ThrowIfNull(purifier);
        this.purifier = purifier;
        PurifierArchitecture shape = purifier.Architecture;
        head = shape.Bottleneck == Bottleneck.Verdict ? null : new MixedLinear(shape.Width, classes, purifier.Precision);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor tokens = purifier.Latent(input);                                                             // [B * tiles, N, D]
        Tensor mean = tokens.reshape(input.shape[0], -1, tokens.shape[2]).mean([1]);                        // [B, D]
        return purifier.Verdict(mean) ?? head!.call(mean).to_type(ScalarType.Float32);
    }
}
