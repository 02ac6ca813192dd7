using Realtime.Filter.Attacks;
using Realtime.Filter.Classifiers;
using Realtime.Filter.Purifiers;

namespace Realtime.Filter.Demo;

/// <summary>Who takes part in the demo; all borrowed.</summary>
/// <param name="Classifier">What is to be protected.</param>
/// <param name="Purifier">What protects it.</param>
/// <param name="Overlap">Half of the pixels that neighbouring tiles share.</param>
/// <param name="Attackers">One for each thread, all with the same attack and seed.</param>
public sealed record DemoModels(IClassifier Classifier, ITilePurifier Purifier, int Overlap, IReadOnlyList<FrameAttacker> Attackers);
