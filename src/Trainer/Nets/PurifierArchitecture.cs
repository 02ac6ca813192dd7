using System.Text.Json.Serialization;

namespace Realtime.Trainer.Nets;

/// <summary>The shape of a masked-autoencoder purifier; stands as JSON in the model's metadata.</summary>
/// <param name="Size">Edge length S of a tile in pixels.</param>
/// <param name="Patch">Edge length of a patch; a tile has (S / Patch)^2 tokens.</param>
/// <param name="Width">Width of a token.</param>
/// <param name="Encoder">Transformer blocks that see the visible tokens only.</param>
/// <param name="Decoder">Transformer blocks that see all tokens, mask tokens in the masked places.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="Stem">Channels of the convolutional stem and head; 0 is the plain model of the paper.</param>
/// <param name="Residual">Visible patches are predicted as a change of the input instead of anew.</param>
/// <param name="Bottleneck">What reaches the output past the tokens; only the JSON of a shape that has one says so, as for the kind. Below <see cref="Nets.Bottleneck.None"/> it needs an output that is not residual.</param>
/// <param name="Classes">Numbers that pass <see cref="Nets.Bottleneck.Verdict"/>, K; 0 for the others.</param>
public sealed record PurifierArchitecture(
    int Size, int Patch, int Width, int Encoder, int Decoder, int Heads, int Stem, bool Residual,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Bottleneck Bottleneck = Bottleneck.None,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Classes = 0) : IPurifierArchitecture
{
    /// <summary>The kind of this architecture.</summary>
    public const string Name = "maep";

    /// <inheritdoc/>
    /// <remarks>Not in the JSON, which stays that of the time when there was no other kind: older programs read the file, and a run that began then can be resumed.</remarks>
    [JsonIgnore]
    public string Kind => Name;

    /// <summary>The head sees the stem's features.</summary>
    [JsonIgnore]
    public bool HasSkip => Stem > 0 && Bottleneck == Bottleneck.None;

    /// <inheritdoc/>
    public int Tokens => Size / Patch * (Size / Patch);

    /// <summary>The plain masked autoencoder of the MAEP paper: linear patch embedding, linear output, no residual.</summary>
    public static PurifierArchitecture Plain(int patch) => new(32, patch, 96, 4, 1, 3, 0, false);

    /// <summary>The shipped shape: convolutions on pixels around a masked encoder and decoder on patches, about half a million parameters.</summary>
    public static PurifierArchitecture Convolutional(int patch) => new(32, patch, 96, 3, 1, 3, 32, true);

    /// <inheritdoc/>
    public PurifierNet Create(Precision precision) => new MaskedAutoencoderPurifier(this, precision);
}
