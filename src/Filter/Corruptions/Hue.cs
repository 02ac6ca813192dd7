namespace Realtime.Filter.Corruptions;

/// <summary>The hue of every colour turned by 1/20, 1/10, 1/5, 3/10 or 1/2 of the circle. ImageNet-C has no such corruption; the strengths are ours.</summary>
/// <param name="severity">1..5.</param>
public sealed class Hue(int severity) : ICorruption
{
    private static readonly float[] Turns = [0.05f, 0.1f, 0.2f, 0.3f, 0.5f];

    private readonly int severity = Severity.Require(severity);

    /// <inheritdoc/>
    public string Name => $"hue-{severity}";

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> picture, ReadOnlySpan<float> companion, Span<float> result)
    {
        float turn = Turns[severity - 1];
        Hsv.Map(picture, result, colour => colour with { Hue = (colour.Hue + turn) % 1 });
    }
}
