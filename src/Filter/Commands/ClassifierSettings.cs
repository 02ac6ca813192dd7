using Realtime.Filter.Classifiers;
using Realtime.Filter.Guard;

namespace Realtime.Filter.Commands;

/// <summary>Which classifier stands behind the purifier.</summary>
/// <param name="Model">Name or file.</param>
/// <param name="Hints">What the user says about it.</param>
/// <param name="Protection">What is purified for it.</param>
/// <param name="Top">Classes to keep of a verdict, at least 1.</param>
internal sealed record ClassifierSettings(string Model, ClassifierHints Hints, Protection Protection, int Top);
