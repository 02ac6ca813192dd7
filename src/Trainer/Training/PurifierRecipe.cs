namespace Realtime.Trainer.Training;

/// <summary>The settings of a purifier's training.</summary>
/// <param name="BatchSize">Pairs a step.</param>
/// <param name="MaskRatio">Share r of patches masked at the start.</param>
/// <param name="MaskAnneal">Share of the steps after which r has fallen linearly to 0; above 1, r stays.</param>
/// <param name="FeatureWeight">Weight of the perceptual loss on the surrogate's features; 0 is the paper's Eq. 12 alone.</param>
/// <param name="LogitWeight">Weight of the divergence between the surrogate's answers to the purified and to the clean picture (as AToP trains); 0 is none.</param>
/// <param name="CleanShare">Share of pictures given clean, so that clean pictures are left alone.</param>
/// <param name="Shift">Largest shift of both pictures, in pixels.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
/// <param name="Seed">Seed of the order of pictures.</param>
public sealed record PurifierRecipe(
    int BatchSize, double MaskRatio, double MaskAnneal, double FeatureWeight, double LogitWeight, double CleanShare, int Shift, double WeightDecay, int Seed);
