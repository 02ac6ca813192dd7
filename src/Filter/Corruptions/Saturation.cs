namespace Realtime.Filter.Corruptions;

/// <summary>The saturation of every colour scaled and raised, as in ImageNet-C and CIFAR-10-C: paler at severities 1 and 2, stronger from 3.</summary>
/// <param name="severity">1..5.</param>
public sealed class Saturation(int severity) : ICorruption
{
    private readonly int severity = Severity.Require(severity);

    /// <inheritdoc/>
    public string Name => $"saturate-{severity}";

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> picture, ReadOnlySpan<float> companion, Span<float> result)
    {
        (float scale, float raise) = Severity.Of<(float, float)>(
            severity,
            picture.Length,
            [(0.3f, 0), (0.1f, 0), (1.5f, 0), (2, 0.1f), (2.5f, 0.2f)],
            [(0.3f, 0), (0.1f, 0), (2, 0), (5, 0.1f), (20, 0.2f)]);
        Hsv.Map(picture, result, colour => colour with { Saturation = Math.Clamp((colour.Saturation * scale) + raise, 0, 1) });
    }
}
