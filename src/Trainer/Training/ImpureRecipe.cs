namespace Realtime.Trainer.Training;

/// <summary>The settings of an IMPure purifier's training.</summary>
/// <param name="BatchSize">Pairs a step.</param>
/// <param name="Combination">How purified and attacked pictures are combined before the perceptual loss.</param>
/// <param name="PerceptualWeight">Weight of the perceptual loss beside the pixels'; 1 is the paper's, with 0 it is not computed.</param>
/// <param name="CleanShare">Share of pictures given clean, so that clean pictures are left alone.</param>
/// <param name="Shift">Largest shift of both pictures, in pixels.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
/// <param name="Seed">Seed of the order of pictures.</param>
public sealed record ImpureRecipe(int BatchSize, CombinationKind Combination, double PerceptualWeight, double CleanShare, int Shift, double WeightDecay, int Seed);
