namespace Realtime.Trainer.Nets;

/// <summary>The shape of an <see cref="ImpurePurifier"/>; stands as JSON in the model's metadata.</summary>
/// <param name="Size">Edge length S of a tile in pixels.</param>
/// <param name="Patch">Edge length of a patch; a tile has N = (S / Patch)^2 of them.</param>
/// <param name="Width">Width D of a token.</param>
/// <param name="Encoder">Transformer blocks that see the patches of one region only.</param>
/// <param name="Decoder">Transformer blocks that see all patches, those of the region in question masked.</param>
/// <param name="Heads">Attention heads.</param>
/// <param name="Interleave">Edge of the cell of which each region has one patch: a tile has R = Interleave^2 regions.</param>
/// <param name="ImageNoise">Intensity of the noise on a region's pixels in use, a step of <see cref="NoiseMask.Signal"/>.</param>
/// <param name="FeatureNoise">Intensity of the noise on its features in use, likewise.</param>
public sealed record ImpureArchitecture(int Size, int Patch, int Width, int Encoder, int Decoder, int Heads, int Interleave, int ImageNoise, int FeatureNoise) : IPurifierArchitecture
{
    /// <summary>The kind of this architecture.</summary>
    public const string Name = "impure";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    /// <remarks>0: regions are masked by the net itself.</remarks>
    public int Tokens => 0;

    /// <summary>Regions R of a tile.</summary>
    public int Regions => Interleave * Interleave;

    /// <summary>Patches along an edge of a tile.</summary>
    public int Edge => Size / Patch;

    /// <summary>Patches N of a tile.</summary>
    public int Patches => Edge * Edge;

    /// <summary>Four regions, and as many blocks as the small MAEP has: 0.46 million parameters. The intensities in use are those of the authors' code.</summary>
    public static ImpureArchitecture Small(int patch) => new(32, patch, 96, 2, 2, 3, 2, 400, 600);

    /// <inheritdoc/>
    public PurifierNet Create(Precision precision) => new ImpurePurifier(this, precision);
}
