namespace Realtime.Trainer.Training;

/// <summary>The settings of an IMPure purifier's training.</summary>
/// <param name="BatchSize">Pairs a step.</param>
/// <param name="Combination">How purified and attacked pictures are combined before the perceptual loss.</param>
/// <param name="CleanShare">Share of pictures given clean, so that clean pictures are left alone.</param>
/// <param name="Shift">Largest shift of both pictures, in pixels.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
/// <param name="Seed">Seed of the order of pictures.</param>
public sealed record ImpureRecipe(int BatchSize, CombinationKind Combination, double CleanShare, int Shift, double WeightDecay, int Seed);
