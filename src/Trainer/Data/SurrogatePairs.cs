using Realtime.Trainer.Nets;

namespace Realtime.Trainer.Data;

/// <summary>Adversarial partners of a picture set, and the classifier that they were made on.</summary>
/// <param name="Pairs">The partners.</param>
/// <param name="Surrogate">The classifier, in evaluation mode. Borrowed.</param>
public sealed record SurrogatePairs(PairSet Pairs, ResNetClassifier Surrogate);
