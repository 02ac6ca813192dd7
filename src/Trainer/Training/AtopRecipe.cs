using Realtime.Filter.Defences;

namespace Realtime.Trainer.Training;

/// <summary>The settings of a purifier's fine-tuning by AToP (arXiv 2401.16352).</summary>
/// <param name="BatchSize">Pictures a step.</param>
/// <param name="Transform">What stands before the purifier, in training and in use.</param>
/// <param name="Weight">Weight of the classifier's cross-entropy, lambda of Eq. 9.</param>
/// <param name="ToClean">The pixel loss compares with the clean picture (as MAEP does, Eq. 12 there) instead of with the attacked one (Eq. 9).</param>
/// <param name="FullGradient">The attack goes through transform, purifier and classifier as they stand, instead of through the classifier alone (the paper).</param>
/// <param name="Shift">Largest shift of a picture, in pixels.</param>
/// <param name="WeightDecay">Decoupled weight decay.</param>
/// <param name="Seed">Seed of the order of pictures.</param>
public sealed record AtopRecipe(int BatchSize, RandomTransform Transform, double Weight, bool ToClean, bool FullGradient, int Shift, double WeightDecay, int Seed);
