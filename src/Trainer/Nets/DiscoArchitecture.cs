namespace Realtime.Trainer.Nets;

/// <summary>The shape of a <see cref="DiscoPurifier"/>; stands as JSON in the model's metadata.</summary>
/// <param name="Size">Edge length S of a tile in pixels.</param>
/// <param name="Width">Feature maps W of the encoder.</param>
/// <param name="Blocks">Residual blocks of the encoder.</param>
/// <param name="Hidden">Width of the hidden layers of the local implicit function.</param>
/// <param name="Layers">Their number, at least 1.</param>
/// <param name="Residual">The output is a change of the input instead of the picture anew.</param>
public sealed record DiscoArchitecture(int Size, int Width, int Blocks, int Hidden, int Layers, bool Residual) : IPurifierArchitecture
{
    /// <summary>The kind of this architecture.</summary>
    public const string Name = "disco";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public int Tokens => 0;

    /// <summary>DISCO at half its width: as deep as EDSR-baseline (16 blocks; the paper has 64 maps and hidden layers of 256), 0.39 million parameters.</summary>
    public static DiscoArchitecture Small { get; } = new(32, 32, 16, 128, 4, false);

    /// <inheritdoc/>
    public PurifierNet Create(Precision precision) => new DiscoPurifier(this, precision);
}
