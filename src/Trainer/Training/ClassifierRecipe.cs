namespace Realtime.Trainer.Training;

/// <summary>The settings of a classifier's training.</summary>
/// <param name="BatchSize">Pictures a step.</param>
/// <param name="WeightDecay">L2 penalty.</param>
/// <param name="LabelSmoothing">Probability mass spread over all classes.</param>
/// <param name="Shift">Largest shift of a picture, in pixels.</param>
/// <param name="Noise">Largest standard deviation of Gaussian noise on a picture, in 8-bit levels; each picture draws its own, from 0 up.</param>
/// <param name="Seed">Seed of the order of pictures.</param>
/// <param name="TestCount">Test pictures that a measurement during training looks at.</param>
public sealed record ClassifierRecipe(int BatchSize, double WeightDecay, double LabelSmoothing, int Shift, double Noise, int Seed, int TestCount);
