namespace Realtime.Filter.Corruptions;

/// <summary>The value of every colour raised by a constant, as in ImageNet-C and CIFAR-10-C (Hendrycks and Dietterich 2019).</summary>
/// <param name="severity">1..5.</param>
public sealed class Brightness(int severity) : ICorruption
{
    private readonly int severity = Severity.Require(severity);

    /// <inheritdoc/>
    public string Name => $"brightness-{severity}";

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> picture, ReadOnlySpan<float> companion, Span<float> result)
    {
        float raise = Severity.Of(severity, picture.Length, [0.05f, 0.1f, 0.15f, 0.2f, 0.3f], [0.1f, 0.2f, 0.3f, 0.4f, 0.5f]);
        Hsv.Map(picture, result, colour => colour with { Value = Math.Clamp(colour.Value + raise, 0, 1) });
    }
}
