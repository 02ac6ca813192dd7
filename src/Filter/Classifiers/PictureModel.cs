namespace Realtime.Filter.Classifiers;

/// <summary>What a checked classifier works on.</summary>
/// <param name="Labels">The class names in logit order.</param>
/// <param name="Width">Picture width in pixels.</param>
/// <param name="Height">Picture height in pixels.</param>
internal sealed record PictureModel(IReadOnlyList<string> Labels, int Width, int Height);
