namespace Realtime.Filter.Classifiers;

/// <summary>What a classifier says of one picture.</summary>
/// <param name="Label">Index of the most probable class.</param>
/// <param name="Confidence">Its softmax probability, in [0, 1].</param>
public readonly record struct Verdict(int Label, float Confidence);
