namespace Realtime.Trainer.Detection;

/// <summary>What was measured on one picture.</summary>
/// <param name="Features">[F] see <see cref="Filter.Detection.AttackFeatures"/>.</param>
/// <param name="RawRight">Whether the classifier is right on the picture as it is.</param>
/// <param name="PurifiedRight">Whether it is right behind the purifier.</param>
public sealed record ShownPicture(double[] Features, bool RawRight, bool PurifiedRight);
