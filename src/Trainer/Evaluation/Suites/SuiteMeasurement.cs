namespace Realtime.Trainer.Evaluation.Suites;

/// <summary>What is the same for all our rows of a suite, unless a row or a cell says otherwise.</summary>
/// <param name="Data">"cifar10" or "solids".</param>
/// <param name="Classifier">A shipped classifier.</param>
/// <param name="Count">Pictures, from the start of the test set.</param>
/// <param name="Eps">Radius, as "8/255".</param>
/// <param name="Norm">"linf" or "l2".</param>
public sealed record SuiteMeasurement(string Data, string Classifier, int Count, string Eps, string Norm);
